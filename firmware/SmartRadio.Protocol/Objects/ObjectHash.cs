using System.Text;

namespace SmartRadio.Protocol.Objects
{
    /// <summary>
    /// Content addresses: HMAC-SHA256 keyed with a fixed text (the device has no bare SHA-256), cut to 16 bytes.
    /// </summary>
    public static class ObjectHash
    {
        private static readonly byte[] Key = Encoding.UTF8.GetBytes("smartradio-object-1");

        /// <summary>Digest of one piece of sound, or, over the whole manifest, the object's id.</summary>
        public static byte[] Digest(byte[] data)
        {
            return Mac.Compute(Key, data, data.Length, ObjectLayout.DigestLength);
        }
    }
}
