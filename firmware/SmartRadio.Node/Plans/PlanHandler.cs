using System.Collections;
using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Objects;
using SmartRadio.Node.Playback;
using SmartRadio.Node.Storage;
using SmartRadio.Node.Streams;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Plans
{
    /// <summary>
    /// Puts plans into force: stores one whole, and takes it over in slices, one a poll, because all at once would silence a node
    /// whose memory is full for seconds. A power cut in between costs nothing: the stored plan is taken over at the start.
    /// </summary>
    public sealed class PlanHandler : ICommandHandler
    {
        private const int Nothing = 0;
        private const int TakingEntries = 1;
        private const int TakingObjects = 2;
        private const int Pruning = 3;

        private readonly PlanStore _plan;
        private readonly NodeClock _clock;
        private readonly AirRules _rules;
        private readonly Player _player;
        private readonly PlannedBroadcasts _broadcasts;
        private readonly ObjectLibrary _objects;
        private readonly OpenStreams _streams;
        private int _step = Nothing;

        /// <summary>Takes up the stored plan, if there is one.</summary>
        public PlanHandler(
            PlanStore plan, NodeClock clock, AirRules rules, Player player, PlannedBroadcasts broadcasts,
            ObjectLibrary objects, OpenStreams streams)
        {
            _plan = plan;
            _clock = clock;
            _rules = rules;
            _player = player;
            _broadcasts = broadcasts;
            _objects = objects;
            _streams = streams;
            if (plan.Current != null)
            {
                _broadcasts.Begin(plan.Current);
                _step = TakingEntries;
                Finish();
            }
        }

        public CommandType Type
        {
            get { return CommandType.Plan; }
        }

        /// <summary>A plan is stored and not yet taken over.</summary>
        public bool IsTaking
        {
            get { return _step != Nothing; }
        }

        public ReceiptReason Handle(Envelope envelope, NodeKeys signed)
        {
            Plan plan = Plan.Read(envelope.Body);
            return plan == null ? ReceiptReason.Malformed : Replace(plan, envelope.Body);
        }

        /// <summary>Takes over a slice of the newest plan; milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            if (_step == Nothing)
            {
                return Wait.Longest;
            }

            Advance();
            return _step == Nothing ? Wait.Longest : 0;
        }

        /// <summary>Takes over what is left: somebody needs to know all of the plan now.</summary>
        public void Finish()
        {
            while (_step != Nothing)
            {
                Advance();
            }
        }

        /// <summary>Takes a newer plan in place of the present one; an older one changes nothing.</summary>
        private ReceiptReason Replace(Plan plan, byte[] body)
        {
            if (plan.Number <= _plan.Number)
            {
                return ReceiptReason.None;
            }

            if (!_plan.Replace(plan, body))
            {
                return ReceiptReason.StorageFull;
            }

            // What must not sound any more ends now; what is new may take some polls.
            ArrayList dropped = _broadcasts.Begin(plan);
            _step = TakingEntries;
            _player.Reserve(null);
            for (int i = 0; i < dropped.Count; i++)
            {
                long broadcast = ((PlannedEntry)dropped[i]).Entry.Broadcast;
                _streams.Close(broadcast);
                if (_player.OnAir == broadcast)
                {
                    _player.Stop(broadcast, ReceiptReason.Stopped);
                }
            }

            return ReceiptReason.None;
        }

        private void Advance()
        {
            switch (_step)
            {
                case TakingEntries:
                    if (!_broadcasts.Take())
                    {
                        if (_player.Next != null && _player.Next.Record.Broadcast != 0)
                        {
                            _player.Reserve(null);
                        }

                        AdaptCurrent();
                        _objects.Need(_plan.Current.Entries);
                        _step = TakingObjects;
                    }

                    break;

                case TakingObjects:
                    _step = _objects.TakeNeeds() ? TakingObjects : Pruning;
                    break;

                default:
                    _step = _broadcasts.Prune() ? Pruning : Nothing;
                    break;
            }
        }

        /// <summary>Makes what is on air follow the new plan.</summary>
        private void AdaptCurrent()
        {
            Airing current = _player.Current;
            if (current == null || current.Record.Broadcast == 0)
            {
                return;
            }

            PlannedEntry planned = _broadcasts.Find(current.Record.Broadcast);
            if (planned == null)
            {
                _player.Stop(current.Record.Broadcast, ReceiptReason.Stopped);
                return;
            }

            current.Class = planned.Entry.Class;
            current.CutAt = _clock.ToLocal(_rules.NextQuiet(current.Class, _clock.Now));
            current.Volume = planned.Entry.Volume;
        }
    }
}
