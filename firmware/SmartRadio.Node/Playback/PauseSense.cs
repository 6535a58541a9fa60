namespace SmartRadio.Node.Playback
{
    /// <summary>Hears pauses between the items of a programme, in a few samples of each slice.</summary>
    public sealed class PauseSense
    {
        /// <summary>One sample in so many is looked at: more would cost as much as decoding.</summary>
        private const int Every = 16;

        /// <summary>High bytes within it, either way, are quiet: -36 dB of full scale.</summary>
        private const int Quiet = 2;

        /// <summary>Parts of a second that a pause lasts at least.</summary>
        private const int Parts = 4;

        private int _samples;

        /// <summary>Looks at samples that were written.</summary>
        public void Listen(byte[] pcm, int samples)
        {
            for (int i = 1; i < samples * 2; i += 2 * Every)
            {
                int high = pcm[i];
                if (high >= Quiet && high < 256 - Quiet)
                {
                    _samples = 0;
                    return;
                }
            }

            _samples += samples;
        }

        /// <summary>Whether it has been quiet for a quarter of a second.</summary>
        public bool Lasts(int rate)
        {
            return _samples >= rate / Parts;
        }

        public void Forget()
        {
            _samples = 0;
        }
    }
}
