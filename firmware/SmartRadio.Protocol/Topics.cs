namespace SmartRadio.Protocol
{
    /// <summary>The topics of protocol 1. Node, stream and object ids are lower-case hexadecimal.</summary>
    public static class Topics
    {
        public const string Root = "sr/1/";

        /// <summary>Filter for what all nodes send.</summary>
        public const string AllUp = Root + "n/+/up";

        /// <summary>Filter for the presence of all nodes.</summary>
        public const string AllHere = Root + "n/+/here";

        /// <summary>Payloads of the retained presence topic; the second is the last will.</summary>
        public const string Online = "online";

        public const string Offline = "offline";

        public static string Command(string node)
        {
            return Root + "n/" + node + "/cmd";
        }

        public static string Up(string node)
        {
            return Root + "n/" + node + "/up";
        }

        public static string Here(string node)
        {
            return Root + "n/" + node + "/here";
        }

        public static string Stream(string stream, CodecId codec)
        {
            return Root + "s/" + stream + "/" + CodecName(codec);
        }

        public static string Object(string objectId)
        {
            return Root + "o/" + objectId;
        }

        /// <summary>Chunks of an object for one node alone.</summary>
        public static string OwnObject(string node, string objectId)
        {
            return Root + "n/" + node + "/o/" + objectId;
        }

        /// <summary>Filter for all chunks sent to one node alone.</summary>
        public static string OwnObjects(string node)
        {
            return OwnObject(node, "+");
        }

        /// <summary>The node id in a topic below <c>sr/1/n/</c>, or null when the topic is none of those.</summary>
        public static string NodeOf(string topic)
        {
            const string prefix = Root + "n/";
            // Not StartsWith, which compares by culture on .NET and by ordinal on the device.
            if (topic.Length < prefix.Length || topic.Substring(0, prefix.Length) != prefix)
            {
                return null;
            }

            int end = topic.IndexOf('/', prefix.Length);
            return end < 0 ? null : topic.Substring(prefix.Length, end - prefix.Length);
        }

        public static string CodecName(CodecId codec)
        {
            switch (codec)
            {
                case CodecId.ULaw8: return "ulaw8";
                case CodecId.Ima8: return "ima8";
                case CodecId.ULaw16: return "ulaw16";
                case CodecId.Mp3: return "mp3";
                default: return "none";
            }
        }
    }
}
