namespace SmartRadio.Protocol.Objects
{
    /// <summary>
    /// How an object of known length is cut into chunks. Chunks 0 to M−1 hold the manifest (16 bytes of digest for each piece of
    /// sound), chunks M and up the sound itself. The object's id is the digest of the manifest, so a node that has verified the
    /// manifest can check every piece as it arrives and never needs the whole object in memory, which the device's
    /// HMAC (whole arrays only) would ask for.
    /// </summary>
    public sealed class ObjectLayout
    {
        /// <summary>Largest payload of one chunk in bytes; with its header a chunk stays below 4 KiB.</summary>
        public const int PieceLength = 4000;

        /// <summary>Bytes of a piece's digest.</summary>
        public const int DigestLength = 16;

        /// <summary>Largest object in bytes: its chunk numbers fit 16 bits. At 64 kbit/s that is over eight hours.</summary>
        public const long MaxLength = 60000L * PieceLength;

        /// <param name="length">Bytes of the object, 1 to <see cref="MaxLength"/>.</param>
        public ObjectLayout(long length)
        {
            Length = length;
            Pieces = (int)((length + PieceLength - 1) / PieceLength);
            ManifestLength = Pieces * DigestLength;
            ManifestChunks = (ManifestLength + PieceLength - 1) / PieceLength;
        }

        public long Length { get; }

        /// <summary>Pieces of sound.</summary>
        public int Pieces { get; }

        /// <summary>Bytes of the manifest.</summary>
        public int ManifestLength { get; }

        public int ManifestChunks { get; }

        /// <summary>All chunks, manifest and sound.</summary>
        public int Chunks
        {
            get { return ManifestChunks + Pieces; }
        }

        /// <summary>Bytes of chunk <paramref name="index"/>, which must be below <see cref="Chunks"/>.</summary>
        public int ChunkLength(int index)
        {
            long rest = index < ManifestChunks
                ? ManifestLength - ((long)index * PieceLength)
                : Length - ((long)(index - ManifestChunks) * PieceLength);
            return rest < PieceLength ? (int)rest : PieceLength;
        }
    }
}
