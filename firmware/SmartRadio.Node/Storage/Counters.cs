using SmartRadio.Wire;

namespace SmartRadio.Node
{
    /// <summary>
    /// The numbers that may never go back. Up messages count from (boot count × 2³²), so that flash is written once a boot and
    /// not once a message; the command counter is stored before its command acts.
    /// </summary>
    public sealed class Counters
    {
        private readonly TwoSlotFile _file;
        private readonly long _boots;
        private long _command;
        private long _latestIssued;
        private long _sent;

        public Counters(TwoSlotFile file)
        {
            _file = file;
            byte[] stored = file.Read();
            if (stored != null)
            {
                WireReader reader = new WireReader(stored);
                _boots = reader.U32();
                _command = reader.I64();
                _latestIssued = reader.I64();
            }

            _boots++;
            Save();
        }

        /// <summary>The counter of the last command accepted.</summary>
        public long Command
        {
            get { return _command; }
        }

        /// <summary>Unix milliseconds: no earlier than this can it be now.</summary>
        public long LatestIssued
        {
            get { return _latestIssued; }
        }

        /// <summary>The counter for the next up message.</summary>
        public long NextUp()
        {
            _sent++;
            return (_boots << 32) | _sent;
        }

        /// <summary>Stores the counter of a verified command; false when the storage refuses, and then the command must not act.</summary>
        public bool Accept(long counter, long issued)
        {
            long previousCommand = _command;
            long previousIssued = _latestIssued;
            _command = counter;
            _latestIssued = issued > previousIssued ? issued : previousIssued;
            if (Save())
            {
                return true;
            }

            _command = previousCommand;
            _latestIssued = previousIssued;
            return false;
        }

        private bool Save()
        {
            WireWriter writer = new WireWriter(20);
            writer.U32(_boots);
            writer.I64(_command);
            writer.I64(_latestIssued);
            return _file.Write(writer.ToArray());
        }
    }
}
