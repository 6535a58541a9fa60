namespace SmartRadio.Protocol.Codecs
{
    /// <summary>What each codec's bytes are: the rate, and the smallest unit that can be decoded on its own.</summary>
    public static class SoundFormat
    {
        /// <summary>
        /// Bytes of one IMA ADPCM block: predictor i16, step index u8, reserved u8, then two samples a byte, low nibble first.
        /// </summary>
        public const int ImaBlockBytes = 256;

        /// <summary>Samples of one IMA ADPCM block: the predictor itself and 504 nibbles.</summary>
        public const int ImaBlockSamples = 505;

        /// <summary>Samples a second, or 0 for a codec that has no fixed one.</summary>
        public static int Rate(CodecId codec)
        {
            switch (codec)
            {
                case CodecId.ULaw8: return 8000;
                case CodecId.Ima8: return 8000;
                case CodecId.ULaw16: return 16000;
                default: return 0;
            }
        }

        /// <summary>Samples in <paramref name="bytes"/> of sound, counting a cut IMA block by what is there of it.</summary>
        public static long Samples(CodecId codec, long bytes)
        {
            if (codec != CodecId.Ima8)
            {
                return bytes;
            }

            long rest = bytes % ImaBlockBytes;
            long restSamples = rest < 4 ? 0 : 1 + ((rest - 4) * 2);
            return (bytes / ImaBlockBytes * ImaBlockSamples) + restSamples;
        }
    }
}
