namespace SmartRadio.Node.Setup
{
    /// <summary>
    /// What an installer says to a device on its serial console, and what the device answers. Settings it changes itself; for
    /// the rest it has a wish. No answer ever holds a password, a code or a secret.
    /// </summary>
    public sealed class Provisioning
    {
        /// <summary>
        /// Letters and digits of a code; what the page adds to it is the certificate's fingerprint, which a device cannot work
        /// out.
        /// </summary>
        private const int CodeLength = 12;

        private const string NoCode = "The code has 12 letters and digits, as the page of the node shows it.";

        private readonly DeviceSettings _settings;
        private readonly CertificateCheck _isCertificate;
        private readonly SettingWords _words;
        private readonly LineReader _lines = new LineReader();
        private readonly PastedCertificate _paste = new PastedCertificate();
        private ConsoleWish _wish;
        private bool _mayErase;

        public Provisioning(DeviceSettings settings, CertificateCheck isCertificate)
        {
            _settings = settings;
            _isCertificate = isCertificate;
            _words = new SettingWords(settings);
            Code = string.Empty;
            Trouble = string.Empty;
        }

        /// <summary>What is wrong, as a sentence behind a space, said with the status; else empty.</summary>
        public string Trouble { get; set; }

        /// <summary>The code to redeem; empty when there is none. The host sets it back.</summary>
        public string Code { get; set; }

        /// <summary>The device belongs to a controller.</summary>
        public bool IsEnrolled
        {
            get { return _settings.IsEnrolled; }
        }

        /// <summary>What the host is to do, said once.</summary>
        public ConsoleWish TakeWish()
        {
            ConsoleWish wish = _wish;
            _wish = ConsoleWish.None;
            return wish;
        }

        /// <summary>
        /// Takes a byte that was typed and answers a whole line in a sentence; null before its end and while a certificate is
        /// being pasted.
        /// </summary>
        public string Take(byte typed)
        {
            if (!_lines.Take(typed))
            {
                return null;
            }

            bool mayErase = _mayErase;
            _mayErase = false;
            if (_lines.Line == null)
            {
                _paste.GiveUp();
                return _lines.Problem;
            }

            string line = _lines.Line.Trim();
            if (_paste.IsOpen || line == PastedCertificate.FirstLine)
            {
                return Paste(line);
            }

            string[] words = TypedWords.Of(line);
            return words == null ? "A quote is open: nothing was changed." : words.Length == 0 ? Help() : Do(words, mayErase);
        }

        /// <summary>The code was redeemed: this is who the device is after a restart, which it wishes.</summary>
        public string Enrolled(EnrolmentAnswer given)
        {
            Code = string.Empty;
            string[] names = new string[] { "id", "secret", "broker", "port", "tls" };
            string[] values = new string[] { given.NodeId, given.Secret, given.BrokerHost, given.BrokerPort.ToString(),
                given.HasBrokerTls ? "yes" : "no" };
            return _settings.Keep(names, values) ? Wish(ConsoleWish.Restart, "This is node " + given.NodeId + " now.")
                : "The flash refused: restart, make a new code and try again.";
        }

        private static string Help()
        {
            return "wifi, ethernet, server, code, output, storage, line, adc, sound, status, restart, reset; a certificate is pasted as it is. "
                + "What has a space in it stands in quotes; \\\" is a quote and \\\\ a \\.";
        }

        private string Do(string[] words, bool mayErase)
        {
            switch (words[0])
            {
                case "code":
                    return Take(words);
                case "sound" when words.Length == 1:
                    return Wish(ConsoleWish.Chime, "The chime.");
                case "status" when words.Length == 1:
                    return Status();
                case "restart" when words.Length == 1:
                    return Wish(ConsoleWish.Restart, "It starts again.");
                case "reset" when words.Length == 1 && mayErase:
                    return Wish(ConsoleWish.Erase, "Everything is being erased: wait until the device starts again.");
                case "reset" when words.Length == 1:
                    _mayErase = true;
                    return "This erases identity, plans and sound. Say reset once more to do it.";
                default:
                    string answer = _words.Take(words);
                    return answer == null ? Help() : answer;
            }
        }

        private string Wish(ConsoleWish wish, string answer)
        {
            _wish = wish;
            return answer;
        }

        private string Take(string[] words)
        {
            string code = string.Empty;
            for (int i = 1; i < words.Length; i++)
            {
                string word = words[i].ToUpper();
                for (int j = 0; j < word.Length; j++)
                {
                    bool isSign = (word[j] >= 'A' && word[j] <= 'Z') || (word[j] >= '0' && word[j] <= '9');
                    if (!isSign && word[j] != '-')
                    {
                        return NoCode;
                    }

                    code += isSign ? word.Substring(j, 1) : string.Empty;
                }
            }

            if (IsEnrolled)
            {
                return "This device belongs to a controller already: reset it first.";
            }

            if (code.Length < CodeLength)
            {
                return NoCode;
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
            return "The code is redeemed as soon as there is a network.";
        }

        private string Paste(string line)
        {
            if (!_paste.Take(line))
            {
                return "That is no line of a certificate: the paste is over and nothing was changed.";
            }

            if (_paste.IsOpen)
            {
                return null;
            }

            int promised = PastedCertificate.Promised(_paste.Letters);
            int pasted = PastedCertificate.Pasted(_paste.Letters);
            if (promised >= 0 && promised != pasted)
            {
                return "The certificate says it has " + promised + " bytes and " + pasted
                    + " arrived: nothing was changed. Paste it again, more slowly.";
            }

            return _isCertificate(PastedCertificate.Pem(_paste.Letters))
                ? _words.Set("certificate", _paste.Letters, "The certificate is taken.")
                : "That is no certificate: nothing was changed.";
        }

        private string Status()
        {
            string link = _settings.Get("link") == "ethernet"
                ? "cable"
                : _settings.Has("network") ? "Wi-Fi " + _settings.Get("network") : "no network set";
            string server = _settings.Has("server")
                ? _settings.Get("server") + ":" + _settings.Get("server-port")
                : "no controller set";
            string certificate = _settings.Has("certificate") ? "certificate present" : "no certificate";
            string identity = IsEnrolled ? "node " + _settings.Get("id") : "not enrolled";
            return identity + "; " + link + "; " + server + "; " + certificate + "." + Trouble;
        }
    }
}
