namespace SmartRadio.Node.Sound
{
    /// <summary>Volume as a fixed-point factor.</summary>
    public static class Gain
    {
        /// <summary>Bits behind the point: 100 % is 1 &lt;&lt; Bits, so full volume changes no sample.</summary>
        public const int Bits = 8;

        public static int Of(int percent)
        {
            return (percent << Bits) / 100;
        }
    }
}
