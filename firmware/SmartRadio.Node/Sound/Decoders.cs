using SmartRadio.Protocol;

namespace SmartRadio.Node.Sound
{
    /// <summary>The decoders this program has.</summary>
    public static class Decoders
    {
        /// <summary>A new decoder, or null for a codec the node cannot play.</summary>
        public static IDecoder For(CodecId codec)
        {
            switch (codec)
            {
                case CodecId.ULaw8:
                case CodecId.ULaw16:
                    return new ULawDecoder();
                case CodecId.Ima8:
                    return new ImaDecoder();
                default:
                    return null;
            }
        }
    }
}
