using System.Text;

namespace SmartRadio.Protocol.Objects
{
    /// <summary>
    /// Content addresses: HMAC-SHA256 keyed with a fixed text (the device has no bare SHA-256), cut to 16 bytes.
    /// </summary>
    public static class ObjectHash
    {
        // Made when first asked for: the loader's time for static constructors is too short (firmware/README.md).
        private static byte[] _key;

        /// <summary>Digest of one piece of sound, or, over the whole manifest, the object's id.</summary>
        public static byte[] Digest(byte[] data)
        {
            if (_key == null)
            {
                _key = Encoding.UTF8.GetBytes("smartradio-object-1");
            }

            return Mac.Compute(_key, data, data.Length, ObjectLayout.DigestLength);
        }

        /// <summary>
        /// True when two ids name the same object. Ids are public, so it stops at the first difference, from the end: where they
        /// are looked up by their first half, that is the same already.
        /// </summary>
        public static bool AreSame(byte[] one, byte[] other)
        {
            for (int i = WireSizes.ObjectIdLength - 1; i >= 0; i--)
            {
                if (one[i] != other[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
