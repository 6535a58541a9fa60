using System;
using System.Security.Cryptography.X509Certificates;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Setup;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Esp32.Settings
{
    /// <summary>The settings as the program uses them (README.md names them all).</summary>
    public sealed class NodeSettings
    {
        private const int PlainPort = 1883;

        public NodeSettings(DeviceSettings settings)
        {
            Id = Hex.Decode(settings.Get("id"), WireSizes.NodeIdLength);
            Secret = Hex.Decode(settings.Get("secret"), WireSizes.KeyLength);
            Network = settings.Get("network");
            NetworkPassword = settings.Get("password");
            HasCable = settings.Get("link") == "ethernet";
            Broker = settings.Get("broker");
            BrokerPort = Number(settings.Get("port"), PlainPort);
            HasBrokerTls = settings.Get("tls") == "yes";
            HasDecoderChip = settings.Get("output") == "vs1053";
            Converter = new AdcScale(Number(settings.Get("adc"), AdcScale.Neutral));
            LineFullScale = Number(settings.Get("line"), 0);
            Certificate = settings.Has("certificate") ? Parse(PastedCertificate.Pem(settings.Get("certificate"))) : null;
        }

        /// <summary>8 bytes, or null while the device belongs to no controller.</summary>
        public byte[] Id { get; }

        /// <summary>32 bytes; never printed.</summary>
        public byte[] Secret { get; }

        public string Network { get; }

        public string NetworkPassword { get; }

        /// <summary>Ethernet instead of Wi-Fi.</summary>
        public bool HasCable { get; }

        public string Broker { get; }

        public int BrokerPort { get; }

        /// <summary>The broker speaks TLS.</summary>
        public bool HasBrokerTls { get; }

        /// <summary>The broker speaks TLS and there is no certificate to believe: nothing may be said to it.</summary>
        public bool LacksCertificate
        {
            get { return HasBrokerTls && Certificate == null; }
        }

        /// <summary>Who vouches for controller and broker, or null.</summary>
        public X509Certificate Certificate { get; }

        /// <summary>A VS1053b is wired instead of an I2S converter.</summary>
        public bool HasDecoderChip { get; }

        /// <summary>What the converter's values mean.</summary>
        public AdcScale Converter { get; }

        /// <summary>mV RMS at the line sensor at full scale; 0: none is wired.</summary>
        public int LineFullScale { get; }

        /// <summary>Whether the TLS library can read a certificate.</summary>
        public static bool IsCertificate(string pem)
        {
            return Parse(pem) != null;
        }

        /// <summary>What cannot be read counts as not there: the console must come up so that another can be pasted.</summary>
        private static X509Certificate Parse(string pem)
        {
            try
            {
                // The text, not its bytes: only then does the device add the zero at the end that its parser wants.
                return new X509Certificate(pem);
            }
            catch (Exception)
            {
                return null;
            }
        }

        private static int Number(string text, int otherwise)
        {
            int number;
            return int.TryParse(text, out number) && number > 0 && number <= 65535 ? number : otherwise;
        }
    }
}
