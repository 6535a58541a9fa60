namespace SmartRadio.Protocol.Codecs
{
    /// <summary>
    /// Sounds that every node makes itself, without storage or network. In a plan they are named by a reserved object id:
    /// 15 zero bytes and one of these numbers. No digest of a manifest has 15 leading zero bytes in practice.
    /// </summary>
    public static class BuiltInSound
    {
        public const int None = 0;

        /// <summary>Three falling tones, as before an announcement.</summary>
        public const int Chime = 1;

        /// <summary>A tone that rises and falls for as long as the entry asks.</summary>
        public const int Siren = 2;

        public static byte[] ObjectId(int sound)
        {
            byte[] id = new byte[WireSizes.ObjectIdLength];
            id[id.Length - 1] = (byte)sound;
            return id;
        }

        /// <summary>The built-in sound that an object id names, or <see cref="None"/>.</summary>
        public static int Of(byte[] objectId)
        {
            int last = objectId.Length - 1;
            return IsZero(objectId, last) && objectId[last] <= Siren ? objectId[last] : None;
        }

        /// <summary>True for the id of an entry whose sound comes only as a stream.</summary>
        public static bool IsStreamOnly(byte[] objectId)
        {
            return IsZero(objectId, objectId.Length);
        }

        private static bool IsZero(byte[] bytes, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (bytes[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
