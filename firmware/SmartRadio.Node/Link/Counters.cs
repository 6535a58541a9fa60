using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Link
{
    /// <summary>
    /// The numbers that may never go back. Up messages count from (boot count × 2³²), so that flash is written once a boot and
    /// not once a message; the command counter is stored before its command acts. Where the storage knows nothing of them they
    /// are lost until the controller has said what they were, and nothing is stored before that.
    /// </summary>
    public sealed class Counters
    {
        private readonly TwoSlotFile _file;
        private long _boots;
        private long _command;
        private long _latestIssued;
        private long _sent;

        public Counters(TwoSlotFile file)
        {
            _file = file;
            byte[] stored = file.Read();
            if (stored == null)
            {
                IsLost = true;
                return;
            }

            WireReader reader = new WireReader(stored);
            _boots = reader.U32() + 1;
            _command = reader.I64();
            _latestIssued = reader.I64();
            Save();
        }

        /// <summary>What they were is not known: whatever counts from here may have been used before.</summary>
        public bool IsLost { get; private set; }

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

        private long LastUp
        {
            get { return (_boots << 32) | _sent; }
        }

        /// <summary>The counter for the next up message.</summary>
        public long NextUp()
        {
            _sent++;
            return LastUp;
        }

        /// <summary>Goes on above what the controller knows of; does nothing to counters that are above it already.</summary>
        /// <param name="up">The highest counter that it took from this node.</param>
        /// <param name="command">That of the last command it gave out.</param>
        /// <returns>Whether it made a difference.</returns>
        public bool Resume(long up, long command)
        {
            if (!IsLost && up <= LastUp)
            {
                return false;
            }

            IsLost = false;
            _boots = (up >> 32) + 1;
            _command = command > _command ? command : _command;

            // If the storage fails, the next start asks again.
            Save();
            return true;
        }

        /// <summary>
        /// Stores the counter of a verified command; false when the storage fails, and then the command must not act.
        /// </summary>
        public bool Accept(long counter, long issued)
        {
            long previousCommand = _command;
            long previousIssued = _latestIssued;
            _command = counter;
            _latestIssued = issued > previousIssued ? issued : previousIssued;
            if (!IsLost && Save())
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
