using System;
using System.Collections;
using SmartRadio.Node.Hardware;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Storage
{
    /// <summary>
    /// Keeps each object in files of 64 KB. Littlefs copies all of a file that lies behind a write in its middle, so a chunk that
    /// comes late costs no more than one part; chunks that come in their order are appended.
    /// </summary>
    public sealed class SplitFiles : IFiles
    {
        /// <summary>Bytes of a part.</summary>
        public const int PartLength = 64 * 1024;

        private const int ObjectName = 1 + (WireSizes.ObjectIdLength * 2);

        private readonly IFiles _files;

        /// <param name="files">Where the parts lie.</param>
        public SplitFiles(IFiles files)
        {
            _files = files;
        }

        public long FreeBytes
        {
            get { return _files.FreeBytes; }
        }

        public long TotalBytes
        {
            get { return _files.TotalBytes; }
        }

        public string[] List()
        {
            ArrayList names = new ArrayList();
            string[] stored = _files.List();
            for (int i = 0; i < stored.Length; i++)
            {
                string name = IsPart(stored[i]) ? stored[i].Substring(0, ObjectName) : stored[i];
                if (!names.Contains(name))
                {
                    names.Add(name);
                }
            }

            return (string[])names.ToArray(typeof(string));
        }

        public byte[] Read(string name)
        {
            return _files.Read(name);
        }

        public bool Write(string name, byte[] content)
        {
            return _files.Write(name, content);
        }

        public int ReadAt(string name, long position, byte[] buffer, int count)
        {
            if (!IsObject(name))
            {
                return _files.ReadAt(name, position, buffer, count);
            }

            int room = RoomAt(position);
            if (count <= room)
            {
                return _files.ReadAt(PartOf(name, position), position % PartLength, buffer, count);
            }

            int first = _files.ReadAt(PartOf(name, position), position % PartLength, buffer, room);
            if (first < room)
            {
                return first;
            }

            byte[] rest = new byte[count - room];
            int second = ReadAt(name, position + room, rest, rest.Length);
            Array.Copy(rest, 0, buffer, room, second);
            return room + second;
        }

        public bool WriteAt(string name, long position, byte[] content)
        {
            if (!IsObject(name))
            {
                return _files.WriteAt(name, position, content);
            }

            int room = RoomAt(position);
            if (content.Length <= room)
            {
                return _files.WriteAt(PartOf(name, position), position % PartLength, content);
            }

            byte[] first = new byte[room];
            Array.Copy(content, 0, first, 0, room);
            byte[] rest = new byte[content.Length - room];
            Array.Copy(content, room, rest, 0, rest.Length);
            return _files.WriteAt(PartOf(name, position), position % PartLength, first) && WriteAt(name, position + room, rest);
        }

        public void Delete(string name)
        {
            _files.Delete(name);
            if (!IsObject(name))
            {
                return;
            }

            string[] stored = _files.List();
            for (int i = 0; i < stored.Length; i++)
            {
                if (IsPart(stored[i]) && stored[i].Substring(0, ObjectName) == name)
                {
                    _files.Delete(stored[i]);
                }
            }
        }

        private static bool IsObject(string name)
        {
            return name.Length == ObjectName && name[0] == 'o';
        }

        private static bool IsPart(string name)
        {
            return name.Length > ObjectName + 1 && name[0] == 'o' && name[ObjectName] == '.';
        }

        /// <summary>Bytes from a position to the end of its part.</summary>
        private static int RoomAt(long position)
        {
            return PartLength - (int)(position % PartLength);
        }

        private static string PartOf(string name, long position)
        {
            int part = (int)(position / PartLength);
            return part == 0 ? name : name + "." + part.ToString();
        }
    }
}
