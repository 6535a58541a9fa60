namespace SmartRadio.Node.Sound
{
    /// <summary>
    /// How large the I2S driver's ring is. A deep one goes on by itself while every thread stands still; a short one is there as
    /// soon as it is opened, for a ring begins full of silence.
    /// </summary>
    public static class RingSize
    {
        /// <summary>The driver takes no more (ESP-IDF, i2s_driver_install): 4.1 s at 8 kHz, 2 s at 16 kHz.</summary>
        private const int MostDescriptors = 128;

        /// <summary>Bytes to ask the driver for.</summary>
        /// <param name="rate">Samples a second.</param>
        /// <param name="isDeep">Otherwise 480 ms at 8 kHz, 496 ms at 16 kHz.</param>
        public static int Bytes(int rate, bool isDeep)
        {
            return isDeep ? MostDescriptors * RingPace.Descriptor * 2 : rate;
        }

        /// <summary>Samples that fit into it.</summary>
        public static int Samples(int rate, bool isDeep)
        {
            return Bytes(rate, isDeep) / (RingPace.Descriptor * 2) * RingPace.Descriptor;
        }
    }
}
