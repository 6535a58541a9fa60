using SmartRadio.Protocol.Objects;

namespace SmartRadio.Protocol
{
    /// <summary>Sizes and numbers of wire protocol 1. All integers on the wire are little-endian.</summary>
    public static class WireSizes
    {
        public const byte Version = 1;

        /// <summary>
        /// Largest command or up message in bytes: the device's MQTT library needs twice the payload in memory.
        /// </summary>
        public const int MaxMessage = 4096;

        /// <summary>Bytes of a node's secret and of every key derived from it.</summary>
        public const int KeyLength = 32;

        /// <summary>Bytes of a node id; on topics and screens it is 16 lower-case hexadecimal digits.</summary>
        public const int NodeIdLength = 8;

        /// <summary>Bytes of an object id (see <see cref="ObjectLayout"/>).</summary>
        public const int ObjectIdLength = 16;

        /// <summary>Bytes of a stream id and of its key.</summary>
        public const int StreamIdLength = 8;

        public const int StreamKeyLength = 16;
    }
}
