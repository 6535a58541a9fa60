namespace SmartRadio.Node
{
    /// <summary>
    /// The silence owed after the last sound. A driver plays its buffers round and round: until they all hold silence, what was in
    /// them before would be heard behind the last sample. It is written when the ring is low, so that what comes next may still
    /// follow without a gap.
    /// </summary>
    public sealed class SilentTail
    {
        /// <summary>No shorter than the driver's ring.</summary>
        private const int RingMilliseconds = 500;

        /// <summary>Samples still owed.</summary>
        public int Samples { get; private set; }

        /// <summary>Sound was written: a whole ring of silence must follow it.</summary>
        /// <param name="rate">Samples a second.</param>
        public void Follow(int rate)
        {
            Samples = rate * RingMilliseconds / 1000;
        }

        /// <summary>Takes at most so many off what is owed.</summary>
        public int Take(int most)
        {
            int count = Samples < most ? Samples : most;
            Samples -= count;
            return count;
        }

        /// <summary>The output was closed: its ring is gone.</summary>
        public void Forget()
        {
            Samples = 0;
        }
    }
}
