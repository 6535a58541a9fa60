namespace SmartRadio.Node
{
    /// <summary>
    /// What an installer says to a device on its serial console, line by line, and what the device answers. It changes settings
    /// and remembers what the host is to do; it touches nothing itself. No answer ever holds a password, a code or a secret.
    /// </summary>
    public sealed class Provisioning
    {
        private const string PemBegin = "-----BEGIN CERTIFICATE-----";
        private const string PemEnd = "-----END CERTIFICATE-----";
        private const int MaxPem = 8192;

        /// <summary>Letters and digits of a code; what the page adds to it is the certificate's fingerprint, which a device cannot work out.</summary>
        private const int CodeLength = 12;

        private readonly DeviceSettings _settings;
        private string _pem;
        private bool _mayReset;

        public Provisioning(DeviceSettings settings)
        {
            _settings = settings;
            Code = string.Empty;
            Certificate = string.Empty;
            Trouble = string.Empty;
        }

        /// <summary>What is wrong, as a sentence behind a space, said with the status; else empty.</summary>
        public string Trouble { get; set; }

        /// <summary>The settings differ from what is stored; the host stores them and sets it back.</summary>
        public bool HasChanged { get; set; }

        /// <summary>The code to trade; empty when there is none. The host sets it back.</summary>
        public string Code { get; set; }

        /// <summary>A certificate that was pasted, in PEM, to be stored; else empty. The host sets it back.</summary>
        public string Certificate { get; set; }

        /// <summary>Everything is to be erased.</summary>
        public bool WantsReset { get; private set; }

        /// <summary>The chime is to be played. The host sets it back.</summary>
        public bool WantsSound { get; set; }

        /// <summary>The device belongs to a controller.</summary>
        public bool IsEnrolled
        {
            get { return _settings.Has("id") && _settings.Has("secret") && _settings.Has("broker"); }
        }

        /// <summary>Takes a line and answers in one sentence; null while a certificate is being pasted.</summary>
        public string Take(string line)
        {
            if (_pem != null)
            {
                return Paste(line);
            }

            if (line == PemBegin)
            {
                _pem = line + "\n";
                return null;
            }

            string[] words = Words(line);
            bool mayReset = _mayReset;
            _mayReset = false;
            switch (words.Length == 0 ? string.Empty : words[0])
            {
                case "wifi":
                    return words.Length == 3 || words.Length == 2 ? Wifi(words) : "wifi SSID PASSWORD; in quotes when there is a space in it.";
                case "ethernet":
                    return Set("link", "ethernet", "The cable is used.");
                case "server":
                    return words.Length == 3 ? Server(words[1], words[2]) : "server HOST PORT: where the controller's https page is.";
                case "code":
                    return Take(words);
                case "output":
                    return words.Length == 2 && (words[1] == "i2s" || words[1] == "vs1053")
                        ? Set("output", words[1], "The output is " + words[1] + " after the next start.") : "output i2s or output vs1053.";
                case "storage":
                    return words.Length == 2 && (words[1] == "I" || words[1] == "D")
                        ? Set("storage", words[1], "The storage is " + words[1] + " after the next start.") : "storage I or storage D.";
                case "line":
                    return words.Length == 2 && NumberIn(words[1], 0, 3000) ? Set("line", words[1], "The line counts as full at " + words[1] + " mV.")
                        : "line MILLIVOLTS: RMS at the sensor at full scale, 0 to 3000; 0: not measured.";
                case "sound":
                    WantsSound = true;
                    return "The chime.";
                case "status":
                    return Status();
                case "reset":
                    return Reset(mayReset);
                default:
                    return "wifi, ethernet, server, code, output, storage, line, sound, status, reset; a certificate is pasted as it is.";
            }
        }

        /// <summary>The code was traded: this is who the device is now.</summary>
        public void Enrolled(EnrolmentAnswer given)
        {
            _settings.Set("id", given.NodeId);
            _settings.Set("secret", given.Secret);
            _settings.Set("broker", given.BrokerHost);
            _settings.Set("port", given.BrokerPort.ToString());
            Code = string.Empty;
            HasChanged = true;
        }

        private static string[] Words(string line)
        {
            // Quoted parts are one word; at most four count.
            string[] found = new string[4];
            int count = 0;
            bool isQuoted = false;
            string word = string.Empty;
            bool isWord = false;
            for (int i = 0; i <= line.Length && count < found.Length; i++)
            {
                char c = i < line.Length ? line[i] : ' ';
                if (c == '"')
                {
                    isQuoted = !isQuoted;
                    isWord = true;
                }
                else if (i < line.Length && (c != ' ' || isQuoted))
                {
                    word += line.Substring(i, 1);
                    isWord = true;
                }
                else if (isWord)
                {
                    found[count] = word;
                    count++;
                    word = string.Empty;
                    isWord = false;
                }
            }

            string[] words = new string[isQuoted ? 0 : count];
            for (int i = 0; i < words.Length; i++)
            {
                words[i] = found[i];
            }

            return words;
        }

        private static bool NumberIn(string text, int least, int most)
        {
            int number;
            return int.TryParse(text, out number) && number >= least && number <= most;
        }

        private string Set(string name, string value, string answer)
        {
            _settings.Set(name, value);
            HasChanged = true;
            return answer;
        }

        private string Wifi(string[] words)
        {
            _settings.Set("link", "wifi");
            _settings.Set("password", words.Length == 3 ? words[2] : string.Empty);
            return Set("network", words[1], "The network is " + words[1] + ".");
        }

        private string Server(string host, string port)
        {
            if (!NumberIn(port, 1, 65535))
            {
                return "The port must be a number from 1 to 65535.";
            }

            _settings.Set("server", host);
            return Set("server-port", port, "The controller is at " + host + ", port " + port + ".");
        }

        private string Take(string[] words)
        {
            string code = string.Empty;
            for (int i = 1; i < words.Length; i++)
            {
                for (int j = 0; j < words[i].Length; j++)
                {
                    code += words[i][j] == '-' ? string.Empty : words[i].Substring(j, 1).ToUpper();
                }
            }

            if (IsEnrolled)
            {
                return "This device belongs to a controller already: reset it first.";
            }

            if (code.Length < CodeLength)
            {
                return "The code has 12 letters and digits, as the page of the node shows it.";
            }

            if (!_settings.Has("server"))
            {
                return "First say where: server HOST PORT.";
            }

            if (!_settings.Has("certificate"))
            {
                return "First paste the controller's certificate: without it another machine could take its place.";
            }

            Code = code.Substring(0, CodeLength);
            return "The code is traded as soon as there is a network.";
        }

        private string Paste(string line)
        {
            _pem += line + "\n";
            if (line == PemEnd)
            {
                Certificate = _pem;
                _pem = null;
                return Set("certificate", "yes", "The certificate is taken.");
            }

            if (_pem.Length > MaxPem)
            {
                _pem = null;
                return "That was too long for a certificate.";
            }

            return null;
        }

        private string Status()
        {
            string link = _settings.Get("link") == "ethernet" ? "cable" : _settings.Has("network") ? "Wi-Fi " + _settings.Get("network") : "no network set";
            string server = _settings.Has("server") ? _settings.Get("server") + ":" + _settings.Get("server-port") : "no controller set";
            string certificate = _settings.Has("certificate") ? "certificate present" : "no certificate";
            string identity = IsEnrolled ? "node " + _settings.Get("id") : "not enrolled";
            return identity + "; " + link + "; " + server + "; " + certificate + "." + Trouble;
        }

        private string Reset(bool mayReset)
        {
            if (mayReset)
            {
                WantsReset = true;
                return "Everything is erased.";
            }

            _mayReset = true;
            return "This erases identity, plans and sound. Say reset once more to do it.";
        }
    }
}
