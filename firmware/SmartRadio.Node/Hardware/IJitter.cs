namespace SmartRadio.Node.Hardware
{
    /// <summary>Randomness that spreads the nodes' messages in time; it guards no secret.</summary>
    public interface IJitter
    {
        /// <summary>A value from 0 up to, not including, the bound (at least 1).</summary>
        int Next(int bound);
    }
}
