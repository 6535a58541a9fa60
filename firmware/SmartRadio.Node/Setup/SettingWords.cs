using System.Text;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Setup
{
    /// <summary>
    /// The words of the console that set something: what each allows, and what is said to it. A setting is stored at once.
    /// </summary>
    public sealed class SettingWords
    {
        /// <summary>Bytes, as IEEE 802.11 has them.</summary>
        private const int MaxNetwork = 32;
        private const int MinPassword = 8;
        private const int MaxPassword = 63;

        private readonly DeviceSettings _settings;

        public SettingWords(DeviceSettings settings)
        {
            _settings = settings;
        }

        /// <summary>Does what the words say and answers in a sentence; null when the first is none of these.</summary>
        public string Take(string[] words)
        {
            string value = words.Length == 2 ? words[1] : string.Empty;
            switch (words[0])
            {
                case "wifi":
                    return words.Length == 2 || words.Length == 3 ? Wifi(words[1], words.Length == 3 ? words[2] : string.Empty)
                        : "wifi NAME PASSWORD, or wifi NAME where there is none; in quotes when there is a space in it.";
                case "ethernet":
                    return words.Length == 1 ? Set("link", "ethernet", "The cable is used.") : "ethernet, and nothing behind it.";
                case "server":
                    return words.Length == 3 && IsName(words[1]) ? Server(words[1], words[2])
                        : "server HOST PORT: where the controller's https page is, without https:// and with a space before the port.";
                case "output":
                    return value == "i2s" || value == "vs1053"
                        ? Set("output", value, "The output is " + value + " after the next start.")
                        : "output i2s or output vs1053.";
                case "storage":
                    return value == "I" || value == "D"
                        ? Set("storage", value, "The storage is " + value + " after the next start.")
                        : "storage I or storage D.";
                case "line":
                    return NumberIn(value, 0, 3000)
                        ? Set("line", value, "The line counts as full at " + value + " mV after the next start.")
                        : "line MILLIVOLTS: RMS at the sensor at full scale, 0 to 3000; 0: not measured.";
                case "adc":
                    return NumberIn(value, AdcScale.Neutral - AdcScale.Furthest, AdcScale.Neutral + AdcScale.Furthest)
                        ? Set("adc", value, "What the converter reads is multiplied by " + value + "/1000 after the next start.")
                        : "adc THOUSANDTHS: 1000 × the supply on a meter / the supply on the node's page, 800 to 1200.";
                default:
                    return null;
            }
        }

        /// <summary>Sets and stores; the answer, unless the storage fails.</summary>
        public string Set(string name, string value, string answer)
        {
            return Set(new string[] { name }, new string[] { value }, answer);
        }

        private static bool NumberIn(string text, int least, int most)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] < '0' || text[i] > '9')
                {
                    return false;
                }
            }

            int number;
            return int.TryParse(text, out number) && number >= least && number <= most;
        }

        /// <summary>A host without what surrounds it in the address of a page.</summary>
        private static bool IsName(string host)
        {
            return EnrolmentAnswer.IsHost(host) && host.IndexOf('/') < 0 && host.IndexOf(':') < 0 && host.IndexOf('"') < 0;
        }

        private string Set(string[] names, string[] values, string answer)
        {
            return _settings.Keep(names, values) ? answer : "The flash refused: nothing was changed.";
        }

        private string Wifi(string name, string password)
        {
            int nameLength = Encoding.UTF8.GetBytes(name).Length;
            if (nameLength == 0 || nameLength > MaxNetwork)
            {
                return "The name of a network has 1 to 32 bytes; a letter with marks has two or three.";
            }

            int passwordLength = Encoding.UTF8.GetBytes(password).Length;
            if (passwordLength > MaxPassword || (passwordLength > 0 && passwordLength < MinPassword))
            {
                return "A password has 8 to 63 bytes; a letter with marks has two or three.";
            }

            return Set(
                new string[] { "link", "network", "password" }, new string[] { "wifi", name, password },
                "The network is " + name + ".");
        }

        private string Server(string host, string port)
        {
            if (!NumberIn(port, 1, 65535))
            {
                return "The port must be a number from 1 to 65535.";
            }

            return Set(new string[] { "server", "server-port" }, new string[] { host, port }, "The controller is at " + host
                + ", port " + port + ".");
        }
    }
}
