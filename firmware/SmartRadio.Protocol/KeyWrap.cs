namespace SmartRadio.Protocol
{
    /// <summary>
    /// Keys inside commands: AES-128 in counter mode (NIST SP 800-38A, 6.5) under the node's wrap key. The first counter block is
    /// the command's counter i64 and eight zero bytes, and rises as a big-endian number. No two commands have one counter, so no
    /// block repeats under one key. The envelope's MAC covers what is encrypted.
    /// </summary>
    public static class KeyWrap
    {
        private const int BlockLength = 16;

        /// <summary>The counter blocks for so many bytes (a multiple of 16, at most 4,080), one after another.</summary>
        public static byte[] CounterBlocks(long counter, int length)
        {
            WireWriter writer = new WireWriter(length);
            for (int block = 0; block < length / BlockLength; block++)
            {
                writer.I64(counter);
                writer.I64(0);
            }

            byte[] blocks = writer.ToArray();
            for (int block = 1; block < length / BlockLength; block++)
            {
                blocks[(block * BlockLength) + BlockLength - 1] = (byte)block;
            }

            return blocks;
        }

        /// <summary>Encrypts a key, and decrypts it again.</summary>
        /// <param name="key">The key, plain or encrypted.</param>
        /// <param name="keystream">Its counter blocks, each encrypted with AES-128 under the wrap key.</param>
        public static byte[] Combine(byte[] key, byte[] keystream)
        {
            byte[] combined = new byte[key.Length];
            for (int i = 0; i < combined.Length; i++)
            {
                combined[i] = (byte)(key[i] ^ keystream[i]);
            }

            return combined;
        }
    }
}
