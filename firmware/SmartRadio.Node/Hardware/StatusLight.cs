namespace SmartRadio.Node.Hardware
{
    /// <summary>
    /// One light that an installer reads from the ground: steady while it plays, a short flash every three seconds when all is
    /// well, and otherwise a number of flashes to count.
    /// </summary>
    public sealed class StatusLight
    {
        /// <summary>Milliseconds on, off, on, off …, for each <see cref="NodeCondition"/> in its order.</summary>
        private readonly short[][] _patterns =
        {
            // Fault: four. Emergency: even and fast. Playing: steady.
            new short[] { 200, 250, 200, 250, 200, 250, 200, 1200 },
            new short[] { 250, 250 },
            new short[] { 1000, 0 },
            // No network: one. No broker: two. Clock unknown: three.
            new short[] { 200, 1800 },
            new short[] { 200, 250, 200, 1350 },
            new short[] { 200, 250, 200, 250, 200, 900 },
            new short[] { 50, 2950 },
            // Booting: flickers. Enrolling: even and slow.
            new short[] { 100, 100 },
            new short[] { 1000, 1000 },
        };

        private NodeCondition _shown = NodeCondition.Booting;
        private long _since;

        /// <summary>Whether the light is on now. A new condition begins with its first flash.</summary>
        /// <param name="condition">What to show.</param>
        /// <param name="now">µs of the node's own clock.</param>
        public bool IsLit(NodeCondition condition, long now)
        {
            if (condition != _shown)
            {
                _shown = condition;
                _since = now;
            }

            short[] pattern = _patterns[(int)condition];
            int length = 0;
            for (int i = 0; i < pattern.Length; i++)
            {
                length += pattern[i];
            }

            int at = (int)((now - _since) / 1000 % length);
            for (int i = 0; i < pattern.Length; i++)
            {
                if (at < pattern[i])
                {
                    return i % 2 == 0;
                }

                at -= pattern[i];
            }

            return false;
        }

        /// <summary>
        /// What to show for a node that runs: the network counts only while nothing is on air and nothing is broken.
        /// </summary>
        public static NodeCondition With(bool hasNetwork, bool hasBroker, NodeCondition node)
        {
            if (node < NodeCondition.NoNetwork)
            {
                return node;
            }

            if (!hasBroker)
            {
                return hasNetwork ? NodeCondition.NoBroker : NodeCondition.NoNetwork;
            }

            return node;
        }
    }
}
