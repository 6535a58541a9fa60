using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Storage
{
    /// <summary>The plan in force, kept across power loss.</summary>
    public sealed class PlanStore
    {
        /// <summary>Percent, for the chime of a node that never had a plan.</summary>
        private const int DefaultVolume = 50;

        private readonly TwoSlotFile _file;

        public PlanStore(TwoSlotFile file)
        {
            _file = file;
            byte[] stored = file.Read();
            Current = stored == null ? null : Plan.Read(stored);
        }

        /// <summary>The plan, or null when the node holds none.</summary>
        public Plan Current { get; private set; }

        /// <summary>Number of the plan in force; 0 = none.</summary>
        public long Number
        {
            get { return Current == null ? 0 : Current.Number; }
        }

        /// <summary>The node's own volume in percent.</summary>
        public int Volume
        {
            get { return Current == null ? DefaultVolume : Current.Volume; }
        }

        /// <summary>Stores a newer plan; false when the storage fails, and then the older stays in force.</summary>
        /// <param name="plan">The plan.</param>
        /// <param name="body">The bytes it was read from.</param>
        public bool Replace(Plan plan, byte[] body)
        {
            if (!_file.Write(body))
            {
                return false;
            }

            Current = plan;
            return true;
        }
    }
}
