using System.Collections;
using System.Text;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Setup
{
    /// <summary>
    /// What an installer sets on a device: lines of name=value, kept in two generations like all that must outlive a power cut.
    /// The values of some are secrets and never shown.
    /// </summary>
    public sealed class DeviceSettings
    {
        /// <summary>
        /// No secret, for none is known before the settings are: it only tells what is whole from what is torn.
        /// </summary>
        private const string Checksum = "smartradio-settings-1";

        private readonly ArrayList _names = new ArrayList();
        private readonly ArrayList _values = new ArrayList();
        private readonly TwoSlotFile _file;

        /// <summary>Takes up what was stored.</summary>
        public DeviceSettings(IFiles files)
        {
            _file = new TwoSlotFile(files, "settings", Encoding.UTF8.GetBytes(Checksum));
            byte[] stored = _file.Read();
            if (stored != null)
            {
                Read(stored);
            }
        }

        public int Count
        {
            get { return _names.Count; }
        }

        /// <summary>The device belongs to a controller: identity and secret are whole, and it knows the broker.</summary>
        public bool IsEnrolled
        {
            get
            {
                return Hex.Decode(Get("id"), WireSizes.NodeIdLength) != null
                    && Hex.Decode(Get("secret"), WireSizes.KeyLength) != null && Has("broker");
            }
        }

        /// <summary>
        /// Plans, objects and receipts are to lie on the card. Without a word they lie in the internal flash: a card is wired and
        /// mounted by whoever asks for it.
        /// </summary>
        public bool WantsCard
        {
            get { return Get("storage") == "D"; }
        }

        /// <summary>
        /// Takes up lines of UTF-8, also behind the byte-order mark of an editor; what is no name=value is passed over. A space
        /// at the end of a value is part of it.
        /// </summary>
        public void Read(byte[] text)
        {
            int start = text.Length >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0;
            string[] lines = Encoding.UTF8.GetString(text, start, text.Length - start).Split('\n', '\r');
            for (int i = 0; i < lines.Length; i++)
            {
                int equals = lines[i].IndexOf('=');
                if (equals > 0)
                {
                    Set(lines[i].Substring(0, equals), lines[i].Substring(equals + 1));
                }
            }
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

        /// <summary>Counts at once, and after the next start only if it was stored.</summary>
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

        /// <summary>False when the storage fails; what was stored before then still counts at the next start.</summary>
        public bool Store()
        {
            string text = string.Empty;
            for (int i = 0; i < _names.Count; i++)
            {
                text += (string)_names[i] + "=" + (string)_values[i] + "\n";
            }

            return _file.Write(Encoding.UTF8.GetBytes(text));
        }

        /// <summary>
        /// Sets and stores; false when the storage fails, and then nothing is changed: else the next that is stored would store
        /// this too.
        /// </summary>
        public bool Keep(string[] names, string[] values)
        {
            string[] before = new string[names.Length];
            for (int i = 0; i < names.Length; i++)
            {
                before[i] = Get(names[i]);
                Set(names[i], values[i]);
            }

            if (Store())
            {
                return true;
            }

            for (int i = 0; i < names.Length; i++)
            {
                Set(names[i], before[i]);
            }

            return false;
        }

        /// <summary>
        /// Forgets all, in memory and in both generations: each is written over with nothing, the older first, so that a power
        /// cut never brings back what counted before the newest. What the storage fails stays.
        /// </summary>
        public void Erase()
        {
            _names.Clear();
            _values.Clear();
            Store();
            Store();
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
