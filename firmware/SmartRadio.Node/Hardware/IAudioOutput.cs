namespace SmartRadio.Node.Hardware
{
    /// <summary>
    /// The way to the loudspeaker: a ring of samples drained by its own clock, and the amplifier's power. A write that does not
    /// fit would stand still (on the device, every thread with it), so the player keeps room in the ring.
    /// </summary>
    public interface IAudioOutput
    {
        /// <summary>Samples written and not yet out, as far as the node's clock tells.</summary>
        int Queued { get; }

        /// <summary>
        /// Samples that may not be out yet, however slowly the ring's clock runs; never less than <see cref="Queued"/>.
        /// </summary>
        int QueuedAtMost { get; }

        /// <summary>Samples that its ring holds at a rate; a deep one is no shorter than the other.</summary>
        int Capacity(int rate, bool isDeep);

        /// <summary>
        /// Switches the amplifier on and the output to this rate; it may begin full of silence. False when the hardware fails.
        /// </summary>
        /// <param name="rate">Samples a second.</param>
        /// <param name="isDeep">With a ring that lasts seconds, if it has one.</param>
        bool Open(int rate, bool isDeep);

        /// <summary>Told just before the first sample of a broadcast (0 = the chime) is written.</summary>
        /// <param name="broadcast">The broadcast.</param>
        /// <param name="instant">Unix milliseconds at which that sample leaves the output.</param>
        void Starting(long broadcast, long instant);

        /// <summary>
        /// Appends 16-bit little-endian mono samples from the start of the array. False when the hardware fails.
        /// </summary>
        bool Write(byte[] pcm, int samples);

        /// <summary>Appends samples that belong to no broadcast.</summary>
        bool WriteSilence(int samples);

        /// <summary>Switches output and amplifier off.</summary>
        void Close();
    }
}
