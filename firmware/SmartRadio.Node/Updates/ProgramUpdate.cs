using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Objects;
using SmartRadio.Node.Playback;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Node.Updates
{
    /// <summary>
    /// Brings a release onto the node and into a slot, has it started when nobody listens, and once it runs decides whether it
    /// has proved itself: by one authenticated message of the controller within the trial, for then it can be updated again.
    /// </summary>
    public sealed class ProgramUpdate
    {
        /// <summary>ms: bulletins of the next day are fetched before a release.</summary>
        private const long Patience = 24L * 3600 * 1000;

        /// <summary>ms between looks while something is under way.</summary>
        private const int Look = 1000;

        private readonly NodeHardware _hardware;
        private readonly NodeIdentity _identity;
        private readonly NodeClock _clock;
        private readonly CommandGate _gate;
        private readonly ObjectLibrary _objects;
        private readonly CalmTimes _calm;
        private readonly BootSlots _slots;
        private readonly long _startedAt;
        private UpdateCommand _wanted;
        private ObjectReader _reader;
        private long _copied;
        private long _restartAt;

        public ProgramUpdate(
            NodeHardware hardware, NodeIdentity identity, NodeClock clock, CommandGate gate, ObjectLibrary objects,
            CalmTimes calm, BootSlots slots)
        {
            _hardware = hardware;
            _identity = identity;
            _clock = clock;
            _gate = gate;
            _objects = objects;
            _calm = calm;
            _slots = slots;
            _startedAt = clock.Local;
            Begin();
        }

        public UpdateState State { get; private set; }

        /// <summary>The version that <see cref="State"/> is about, or empty.</summary>
        public string Version { get; private set; }

        /// <summary>Takes a verified command.</summary>
        public ReceiptReason Install(UpdateCommand command)
        {
            if (State == UpdateState.Trial)
            {
                return ReceiptReason.Busy;
            }

            if (State == UpdateState.Staged)
            {
                // It will be asked again of the program that then runs.
                return ReceiptReason.None;
            }

            if (command.Version == _identity.Firmware || command.Version == _slots.ActiveVersion)
            {
                Become(UpdateState.None, string.Empty);
                return ReceiptReason.None;
            }

            if (_hardware.Restart == null)
            {
                Become(UpdateState.Failed, command.Version);
                return ReceiptReason.None;
            }

            _wanted = command;
            _reader = null;
            Become(UpdateState.Fetching, command.Version);
            _objects.Want(command.ObjectId, command.ObjectBytes, _clock.Now + Patience);
            return ReceiptReason.None;
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            switch (State)
            {
                case UpdateState.Fetching:
                    return _reader == null ? Fetch() : Copy();

                case UpdateState.Staged:
                    return RestartWhenCalm();

                case UpdateState.Trial:
                    return Prove();

                default:
                    return Wait.Longest;
            }
        }

        private void Begin()
        {
            Become(UpdateState.None, string.Empty);
            if (_slots.IsOnTrial)
            {
                Become(UpdateState.Trial, _slots.CandidateVersion);
            }
            else if (_slots.IsStaged)
            {
                // A start went by and nobody chose it: there is no loader here.
                Become(UpdateState.Failed, _slots.CandidateVersion);
            }
            else if (_slots.BadVersion.Length > 0)
            {
                Become(UpdateState.RolledBack, _slots.BadVersion);
            }
        }

        private int Fetch()
        {
            ObjectRequest request = _objects.Find(_wanted.ObjectId);
            if (request == null || !request.Fetch.IsComplete)
            {
                return Look;
            }

            _reader = request.Fetch.Open();
            _copied = 0;
            _hardware.Files.Delete(_slots.FreeFile);
            return 0;
        }

        /// <summary>Copies one piece, so that nothing on air waits for the flash.</summary>
        private int Copy()
        {
            long rest = _wanted.ObjectBytes - _copied;
            if (rest == 0)
            {
                Stage();
                return 0;
            }

            byte[] piece = new byte[rest < ObjectLayout.PieceLength ? (int)rest : ObjectLayout.PieceLength];
            if (_reader.Read(_copied, piece) < piece.Length)
            {
                // The storage lost a piece; it is fetched again.
                _reader = null;
                return Look;
            }

            if (!_hardware.Files.WriteAt(_slots.FreeFile, _copied, piece))
            {
                End(UpdateState.Failed);
                return 0;
            }

            _copied += piece.Length;
            return 1;
        }

        private void Stage()
        {
            End(_slots.Stage(_wanted.Version) ? UpdateState.Staged : UpdateState.Failed);
        }

        private void End(UpdateState state)
        {
            if (state == UpdateState.Failed)
            {
                // What was copied may have filled the storage, and then no command would be taken any more.
                _hardware.Files.Delete(_slots.FreeFile);
            }

            Become(state, _wanted.Version);
            _objects.WantNothing();
            _wanted = null;
            _reader = null;
        }

        private int RestartWhenCalm()
        {
            long now = _clock.Local;
            if (_restartAt == 0)
            {
                // The state goes out first.
                _restartAt = now + 3000000;
            }

            if (now >= _restartAt && _calm.MayRestart)
            {
                _hardware.Restart.Restart();
            }

            return Look;
        }

        private int Prove()
        {
            if (_gate.HasHeard)
            {
                if (_slots.Confirm())
                {
                    Become(UpdateState.None, string.Empty);
                }
            }
            else if (_clock.Local - _startedAt > _hardware.Intervals.UpdateTrial)
            {
                _hardware.Restart.Restart();
            }

            return Look;
        }

        private void Become(UpdateState state, string version)
        {
            State = state;
            Version = version;
        }
    }
}
