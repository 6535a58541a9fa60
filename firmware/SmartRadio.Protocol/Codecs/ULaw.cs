namespace SmartRadio.Protocol.Codecs
{
    /// <summary>G.711 µ-law (ITU-T G.711, table 2a), expanded to 16 bits.</summary>
    public static class ULaw
    {
        private const int Bias = 0x84;

        /// <summary>The 16-bit sample of one code, −32124 to 32124.</summary>
        public static int Decode(int code)
        {
            int inverted = ~code & 0xff;
            int magnitude = ((((inverted & 0x0f) << 3) + Bias) << ((inverted & 0x70) >> 4)) - Bias;
            return (inverted & 0x80) != 0 ? -magnitude : magnitude;
        }
    }
}
