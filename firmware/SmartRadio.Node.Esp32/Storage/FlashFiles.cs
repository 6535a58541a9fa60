using System;
using System.IO;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Esp32.Storage
{
    /// <summary>
    /// One folder on the card (D:) or in the internal flash (I:). Littlefs and FAT keep what was written once the file is closed,
    /// which at the end of each chunk would cost a block and an entry: a file stays open for a burst of chunks, until anything
    /// else is done. A power cut may take the burst; what is on the storage is checked after it.
    /// </summary>
    public sealed class FlashFiles : IFiles
    {
        /// <summary>The drive of the internal flash.</summary>
        public const string Inside = "I:\\";

        /// <summary>The drive of the card.</summary>
        public const string Card = "D:\\";

        private const string Folder = "smartradio";

        /// <summary>Part of the drive that is left alone: the file system's own blocks, and on I: the network settings.</summary>
        private const int ReservedPercent = 10;

        /// <summary>Chunks after which the file is closed, some 64 KB.</summary>
        private const int LongestBurst = 16;

        private readonly string _folder;
        private readonly FileSizes _sizes = new FileSizes();
        private FileStream _open;
        private string _openName;
        private int _burst;

        public FlashFiles(string drive)
        {
            _folder = drive + Folder + "\\";
            try
            {
                if (!Directory.Exists(drive + Folder))
                {
                    Directory.CreateDirectory(drive + Folder);
                }

                TotalBytes = new DriveInfo(drive).TotalSize / 100 * (100 - ReservedPercent);
                string[] paths = Directory.GetFiles(drive + Folder);
                for (int i = 0; i < paths.Length; i++)
                {
                    string name = paths[i].Substring(paths[i].LastIndexOf('\\') + 1);
                    _sizes.Set(name, LengthOf(name));
                }
            }
            catch (Exception)
            {
                // No card, or a broken one: a node without storage still sounds the siren, relays and says that it has no room.
                TotalBytes = 0;
            }
        }

        /// <summary>The paths of all files in the node's folder. Throws when the drive cannot be read.</summary>
        public static string[] PathsOn(string drive)
        {
            return Directory.Exists(drive + Folder) ? Directory.GetFiles(drive + Folder) : new string[0];
        }

        public long FreeBytes
        {
            get { return TotalBytes > _sizes.Sum ? TotalBytes - _sizes.Sum : 0; }
        }

        public long TotalBytes { get; }

        public string[] List()
        {
            return _sizes.Names();
        }

        public byte[] Read(string name)
        {
            try
            {
                EndBurst();
                return _sizes.Has(name) ? File.ReadAllBytes(_folder + name) : null;
            }
            catch (Exception)
            {
                return null;
            }
        }

        public bool Write(string name, byte[] content)
        {
            if (content.Length > FreeBytes + _sizes.Of(name))
            {
                return false;
            }

            try
            {
                EndBurst();
                _sizes.Set(name, content.Length);
                File.WriteAllBytes(_folder + name, content);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        public int ReadAt(string name, long position, byte[] buffer, int count)
        {
            if (!_sizes.Has(name))
            {
                return 0;
            }

            try
            {
                EndBurst();
                using (FileStream file = new FileStream(_folder + name, FileMode.Open, FileAccess.Read))
                {
                    file.Seek(position, SeekOrigin.Begin);
                    return file.Read(buffer, 0, count);
                }
            }
            catch (Exception)
            {
                return 0;
            }
        }

        public bool WriteAt(string name, long position, byte[] content)
        {
            long end = position + content.Length;
            long before = _sizes.Of(name);
            if (end - before > FreeBytes)
            {
                return false;
            }

            try
            {
                FileStream file = OpenFor(name);
                if (position > before)
                {
                    file.SetLength(position);
                }

                _sizes.Set(name, end > before ? end : before);
                file.Seek(position, SeekOrigin.Begin);
                file.Write(content, 0, content.Length);
                _burst++;
                return true;
            }
            catch (Exception)
            {
                Abandon();
                return false;
            }
        }

        public void Delete(string name)
        {
            try
            {
                EndBurst();
                File.Delete(_folder + name);
                _sizes.Remove(name);
            }
            catch (Exception)
            {
                // It stays in the table and is tried again when room is needed.
            }
        }

        /// <summary>The file of the burst, if it is this one; otherwise that burst is over.</summary>
        private FileStream OpenFor(string name)
        {
            if (_open != null && (_openName != name || _burst >= LongestBurst))
            {
                EndBurst();
            }

            if (_open == null)
            {
                _open = new FileStream(_folder + name, FileMode.OpenOrCreate, FileAccess.Write);
                _openName = name;
                _burst = 0;
            }

            return _open;
        }

        /// <summary>Closes the file of the burst: what is in it is on the medium. Throws when the medium fails.</summary>
        private void EndBurst()
        {
            FileStream file = _open;
            _open = null;
            if (file != null)
            {
                file.Dispose();
            }
        }

        private void Abandon()
        {
            try
            {
                EndBurst();
            }
            catch (Exception)
            {
                // The write has failed already.
            }
        }

        private long LengthOf(string name)
        {
            using (FileStream file = new FileStream(_folder + name, FileMode.Open, FileAccess.Read))
            {
                return file.Length;
            }
        }
    }
}
