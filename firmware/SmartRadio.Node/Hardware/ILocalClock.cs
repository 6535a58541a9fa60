namespace SmartRadio.Node.Hardware
{
    /// <summary>
    /// The node's own clock: it starts from the real-time clock at power-on (near 0 when that lost its time) and from then on
    /// only rises, at the pace of the crystal, never stepped.
    /// </summary>
    public interface ILocalClock
    {
        /// <summary>Unix microseconds as the node believes.</summary>
        long Microseconds { get; }

        /// <summary>Sets the real-time clock for the next power-on; must not change <see cref="Microseconds"/>.</summary>
        void Keep(long unixMilliseconds);
    }
}
