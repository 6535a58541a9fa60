using System.IO;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmartRadio.Wire;

namespace SmartRadio.Node.Esp32.Settings
{
    /// <summary>
    /// What the installer puts on the device as <c>I:\node.txt</c>: lines of name=value (README.md). The broker's certificate is
    /// <c>I:\broker.pem</c>; without it the connection is not encrypted, though commands and sound are authentic all the same.
    /// </summary>
    public sealed class NodeSettings
    {
        private const string SettingsFile = "I:\\node.txt";
        private const string CertificateFile = "I:\\broker.pem";
        private const int MaxBytes = 4096;

        private NodeSettings()
        {
            Network = string.Empty;
            NetworkPassword = string.Empty;
            Storage = "D:\\";
            BrokerPort = 1883;
        }

        /// <summary>8 bytes.</summary>
        public byte[] Id { get; private set; }

        /// <summary>32 bytes; never printed.</summary>
        public byte[] Secret { get; private set; }

        public string Network { get; private set; }

        public string NetworkPassword { get; private set; }

        public string Broker { get; private set; }

        public int BrokerPort { get; private set; }

        /// <summary>The authority that vouches for the broker, or null.</summary>
        public X509Certificate BrokerCertificate { get; private set; }

        /// <summary>The drive for plans, objects and receipts: <c>D:\</c> or <c>I:\</c>.</summary>
        public string Storage { get; private set; }

        /// <summary>True when a VS1053b is wired instead of an I2S converter.</summary>
        public bool HasDecoderChip { get; private set; }

        /// <summary>What is wrong with the file, in a sentence for the installer, or null.</summary>
        public string Problem { get; private set; }

        public static NodeSettings Load()
        {
            NodeSettings settings = new NodeSettings();
            if (!File.Exists(SettingsFile))
            {
                settings.Problem = "There is no " + SettingsFile + ": deploy one as the README says.";
                return settings;
            }

            byte[] content = File.ReadAllBytes(SettingsFile);
            if (content.Length > MaxBytes)
            {
                settings.Problem = SettingsFile + " is longer than 4096 bytes.";
                return settings;
            }

            settings.Read(Encoding.UTF8.GetString(content, 0, content.Length));
            if (File.Exists(CertificateFile))
            {
                settings.BrokerCertificate = new X509Certificate(File.ReadAllBytes(CertificateFile));
            }

            return settings;
        }

        private void Read(string text)
        {
            string[] lines = text.Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                string line = lines[i].Trim();
                int equals = line.IndexOf('=');
                if (equals > 0)
                {
                    Set(line.Substring(0, equals), line.Substring(equals + 1));
                }
            }

            if (Problem == null && (Id == null || Secret == null || Broker == null))
            {
                Problem = SettingsFile + " lacks a valid id (16 hexadecimal digits), secret (64) or broker.";
            }
        }

        private void Set(string name, string value)
        {
            switch (name)
            {
                case "id":
                    Id = Hex.Decode(value, Protocol.NodeIdLength);
                    break;

                case "secret":
                    Secret = Hex.Decode(value, Protocol.KeyLength);
                    break;

                case "network":
                    Network = value;
                    break;

                case "password":
                    NetworkPassword = value;
                    break;

                case "broker":
                    Broker = value;
                    break;

                case "port":
                    SetPort(value);
                    break;

                case "storage":
                    SetStorage(value);
                    break;

                case "output":
                    SetOutput(value);
                    break;

                default:
                    Problem = SettingsFile + " has a line that begins with " + name + ", which means nothing.";
                    break;
            }
        }

        private void SetPort(string value)
        {
            int port;
            if (int.TryParse(value, out port) && port > 0 && port <= 65535)
            {
                BrokerPort = port;
            }
            else
            {
                Problem = SettingsFile + ": the port must be a number from 1 to 65535.";
            }
        }

        private void SetOutput(string value)
        {
            if (value == "i2s" || value == "vs1053")
            {
                HasDecoderChip = value == "vs1053";
            }
            else
            {
                Problem = SettingsFile + ": the output must be i2s or vs1053.";
            }
        }

        private void SetStorage(string value)
        {
            if (value == "I" || value == "D")
            {
                Storage = value + ":\\";
            }
            else
            {
                Problem = SettingsFile + ": the storage must be I or D.";
            }
        }
    }
}
