namespace SmartRadio.Node.Hardware
{
    /// <summary>
    /// Millivolts from what the converter reads. nanoFramework takes its values as they are, and those of one ESP32-S3 differ
    /// by some percent from those of another, so each device may have a factor of its own, measured once with a meter.
    /// </summary>
    public sealed class AdcScale
    {
        /// <summary>Millivolts at the converter's largest value (ESP32-S3 data sheet, 12 dB attenuation).</summary>
        public const int Range = 3100;

        /// <summary>A factor that changes nothing, in thousandths.</summary>
        public const int Neutral = 1000;

        /// <summary>Further from <see cref="Neutral"/> than this the wiring is wrong, not the converter.</summary>
        public const int Furthest = 200;

        private readonly int _thousandths;

        /// <param name="thousandths">The factor; one that is out of range counts as <see cref="Neutral"/>.</param>
        public AdcScale(int thousandths)
        {
            _thousandths = thousandths >= Neutral - Furthest && thousandths <= Neutral + Furthest ? thousandths : Neutral;
        }

        /// <param name="value">What was read.</param>
        /// <param name="largest">The largest that can be read.</param>
        public int Millivolts(int value, int largest)
        {
            return (int)((long)value * Range * _thousandths / largest / Neutral);
        }
    }
}
