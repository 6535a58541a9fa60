using SmartRadio.Protocol;

namespace SmartRadio.Node.Setup
{
    /// <summary>
    /// What a controller gives for a code:
    /// {"nodeId":"…","name":"…","secret":"…","broker":{"host":"…","port":1883,"tls":false},"time":"…"}.
    /// </summary>
    public sealed class EnrolmentAnswer
    {
        private const int MaxHost = 253;

        private EnrolmentAnswer()
        {
        }

        /// <summary>16 hexadecimal digits.</summary>
        public string NodeId { get; private set; }

        /// <summary>64 hexadecimal digits; never shown.</summary>
        public string Secret { get; private set; }

        public string BrokerHost { get; private set; }

        public int BrokerPort { get; private set; }

        /// <summary>The broker speaks TLS; false when the controller does not say.</summary>
        public bool HasBrokerTls { get; private set; }

        /// <summary>The answer, or null when anything of it is missing or impossible.</summary>
        public static EnrolmentAnswer Read(string json)
        {
            // Inside a JSON string every quote has a backslash before it, so no value can pretend to be a member.
            EnrolmentAnswer answer = new EnrolmentAnswer();
            answer.NodeId = Text(json, "nodeId");
            answer.Secret = Text(json, "secret");
            answer.BrokerHost = Text(json, "host");
            answer.BrokerPort = Number(json, "port");
            int tls = After(json, "tls");
            answer.HasBrokerTls = tls >= 0 && tls < json.Length && json[tls] == 't';
            bool isWhole = Hex.Decode(answer.NodeId, WireSizes.NodeIdLength) != null
                && Hex.Decode(answer.Secret, WireSizes.KeyLength) != null
                && IsHost(answer.BrokerHost) && answer.BrokerPort > 0 && answer.BrokerPort <= 65535;
            return isWhole ? answer : null;
        }

        /// <summary>Whether it can be the name or the address of a machine.</summary>
        public static bool IsHost(string host)
        {
            if (host == null || host.Length == 0 || host.Length > MaxHost)
            {
                return false;
            }

            for (int i = 0; i < host.Length; i++)
            {
                char c = host[i];
                if (c <= ' ' || c == '\\' || c == '=' || c > 126)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>The text of a member, or null.</summary>
        private static string Text(string json, string name)
        {
            int at = After(json, name);
            if (at < 0 || at >= json.Length || json[at] != '"')
            {
                return null;
            }

            int end = json.IndexOf('"', at + 1);
            return end < 0 ? null : json.Substring(at + 1, end - at - 1);
        }

        private static int Number(string json, string name)
        {
            int at = After(json, name);
            int number = 0;
            for (int digits = 0; at >= 0 && at < json.Length && json[at] >= '0' && json[at] <= '9' && digits < 5; digits++)
            {
                number = (number * 10) + json[at] - '0';
                at++;
            }

            return number;
        }

        /// <summary>Where the value of a member begins; −1 when there is none.</summary>
        private static int After(string json, string name)
        {
            string member = "\"" + name + "\"";
            for (int at = json.IndexOf(member); at >= 0; at = json.IndexOf(member, at))
            {
                // A value may be that word too.
                at += member.Length;
                bool isMember = false;
                while (at < json.Length && (json[at] == ' ' || json[at] == ':'))
                {
                    isMember |= json[at] == ':';
                    at++;
                }

                if (isMember)
                {
                    return at;
                }
            }

            return -1;
        }
    }
}
