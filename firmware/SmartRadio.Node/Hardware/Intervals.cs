namespace SmartRadio.Node.Hardware
{
    /// <summary>How often a node speaks of its own accord, each ±10 %. On a metered line both may be longer.</summary>
    public sealed class Intervals
    {
        /// <summary>Milliseconds within which a node tells of what all nodes do in the same instant.</summary>
        public const int Spread = 2000;

        /// <summary>
        /// µs between two clock exchanges, once the first hour has passed: with those of that hour one in 15 s over a day.
        /// </summary>
        public long Clock { get; set; } = 16500000;

        /// <summary>Clock exchanges in the first minutes after power-on, 1.5 s apart.</summary>
        public int EarlyClock { get; set; } = 200;

        /// <summary>µs between two heartbeats. The controller counts a node as off-line after three of the usual ones.</summary>
        public long Heartbeat { get; set; } = 30000000;

        /// <summary>µs between two reports of health in which nothing has changed but the level on the line.</summary>
        public long Health { get; set; } = 600000000;

        /// <summary>µs within which a new program must have heard the controller; else the one before it comes back.</summary>
        public long UpdateTrial { get; set; } = 300000000;
    }
}
