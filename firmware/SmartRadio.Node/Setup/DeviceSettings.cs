using System.Collections;

namespace SmartRadio.Node
{
    /// <summary>What an installer sets on a device: lines of name=value. The values of some are secrets and never shown.</summary>
    public sealed class DeviceSettings
    {
        private readonly ArrayList _names = new ArrayList();
        private readonly ArrayList _values = new ArrayList();

        /// <summary>Takes up the lines of a file; what is no name=value is passed over.</summary>
        public static DeviceSettings Parse(string text)
        {
            DeviceSettings settings = new DeviceSettings();
            string[] lines = text.Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                string line = lines[i].Trim();
                int equals = line.IndexOf('=');
                if (equals > 0)
                {
                    settings.Set(line.Substring(0, equals), line.Substring(equals + 1));
                }
            }

            return settings;
        }

        public int Count
        {
            get { return _names.Count; }
        }

        public string NameAt(int index)
        {
            return (string)_names[index];
        }

        /// <summary>The value, or empty when there is none.</summary>
        public string Get(string name)
        {
            int index = IndexOf(name);
            return index < 0 ? string.Empty : (string)_values[index];
        }

        public bool Has(string name)
        {
            return Get(name).Length > 0;
        }

        public void Set(string name, string value)
        {
            int index = IndexOf(name);
            if (index < 0)
            {
                _names.Add(name);
                _values.Add(value);
            }
            else
            {
                _values[index] = value;
            }
        }

        public void Clear()
        {
            _names.Clear();
            _values.Clear();
        }

        /// <summary>All lines, as <see cref="Parse"/> reads them.</summary>
        public string Write()
        {
            string text = string.Empty;
            for (int i = 0; i < _names.Count; i++)
            {
                text += (string)_names[i] + "=" + (string)_values[i] + "\n";
            }

            return text;
        }

        private int IndexOf(string name)
        {
            for (int i = 0; i < _names.Count; i++)
            {
                if ((string)_names[i] == name)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
