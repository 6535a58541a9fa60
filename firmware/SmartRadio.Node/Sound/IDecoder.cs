namespace SmartRadio.Node.Sound
{
    /// <summary>Turns encoded units into 16-bit samples, the volume folded in.</summary>
    public interface IDecoder
    {
        /// <summary>Bytes of one unit; a sound's last unit may be shorter.</summary>
        int UnitBytes { get; }

        /// <summary>Samples of one whole unit.</summary>
        int UnitSamples { get; }

        /// <summary>Percent, 0 to 100; in force from the next sample on.</summary>
        void SetVolume(int percent);

        /// <summary>Starts on a unit, which must stay unchanged until it is used up.</summary>
        void Begin(byte[] data, int offset, int bytes);

        /// <summary>
        /// Writes up to <paramref name="samples"/> little-endian samples at the start of <paramref name="pcm"/>; 0 when the unit
        /// is used up.
        /// </summary>
        int Decode(byte[] pcm, int samples);
    }
}
