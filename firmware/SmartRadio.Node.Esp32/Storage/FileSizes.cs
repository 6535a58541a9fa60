using System.Collections;

namespace SmartRadio.Node.Esp32.Storage
{
    /// <summary>Names and sizes of the files, because the device cannot be asked how much room is left.</summary>
    public sealed class FileSizes
    {
        private readonly ArrayList _files = new ArrayList();

        /// <summary>Bytes of all files.</summary>
        public long Sum { get; private set; }

        public bool Has(string name)
        {
            return Find(name) != null;
        }

        /// <summary>The size in bytes; 0 when there is no such file.</summary>
        public long Of(string name)
        {
            Entry file = Find(name);
            return file == null ? 0 : file.Size;
        }

        public void Set(string name, long size)
        {
            Entry file = Find(name);
            if (file == null)
            {
                file = new Entry();
                file.Name = name;
                _files.Add(file);
            }

            Sum += size - file.Size;
            file.Size = size;
        }

        public void Remove(string name)
        {
            Entry file = Find(name);
            if (file != null)
            {
                Sum -= file.Size;
                _files.Remove(file);
            }
        }

        public string[] Names()
        {
            string[] names = new string[_files.Count];
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = ((Entry)_files[i]).Name;
            }

            return names;
        }

        private Entry Find(string name)
        {
            for (int i = 0; i < _files.Count; i++)
            {
                Entry file = (Entry)_files[i];
                if (file.Name == name)
                {
                    return file;
                }
            }

            return null;
        }

        private sealed class Entry
        {
            public string Name { get; set; }

            public long Size { get; set; }
        }
    }
}
