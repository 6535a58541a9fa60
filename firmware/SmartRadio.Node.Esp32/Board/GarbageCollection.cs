using nanoFramework.Runtime.Native;

namespace SmartRadio.Node.Esp32.Board
{
    /// <summary>
    /// Collects garbage when nobody hears it. A collection stops every thread; the interpreter would make one when the heap is
    /// full, in the middle of a broadcast.
    /// </summary>
    public sealed class GarbageCollection
    {
        /// <summary>µs between two collections.</summary>
        private const long Every = 60000000;

        private long _nextAt;

        /// <param name="now">µs of the node's own clock.</param>
        public GarbageCollection(long now)
        {
            _nextAt = now + Every;
        }

        /// <summary>Collects when it is time and the node allows it.</summary>
        public void Look(LoudspeakerNode node, long now)
        {
            if (now >= _nextAt && node.Calm.MayCollect)
            {
                GC.Run(false);
                _nextAt = now + Every;
            }
        }
    }
}
