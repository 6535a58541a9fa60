using SmartRadio.Node.Clock;
using SmartRadio.Node.Link;
using SmartRadio.Node.Objects;
using SmartRadio.Node.Playback;
using SmartRadio.Node.Storage;
using SmartRadio.Node.Streams;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Plans
{
    /// <summary>Puts plans into force.</summary>
    public sealed class PlanHandler : ICommandHandler
    {
        private readonly PlanStore _plan;
        private readonly NodeClock _clock;
        private readonly AirRules _rules;
        private readonly Player _player;
        private readonly PlannedBroadcasts _broadcasts;
        private readonly ObjectLibrary _objects;
        private readonly OpenStreams _streams;

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
                Load(plan.Current);
            }
        }

        public CommandType Type
        {
            get { return CommandType.Plan; }
        }

        public ReceiptReason Handle(Envelope envelope, NodeKeys signed)
        {
            Plan plan = Plan.Read(envelope.Body);
            return plan == null ? ReceiptReason.Malformed : Replace(plan);
        }

        /// <summary>Takes a newer plan in place of the present one; an older one changes nothing.</summary>
        private ReceiptReason Replace(Plan plan)
        {
            if (plan.Number <= _plan.Number)
            {
                return ReceiptReason.None;
            }

            if (!_plan.Replace(plan))
            {
                return ReceiptReason.StorageFull;
            }

            CloseStreamsMissingIn(plan);
            _player.Reserve(null);
            Load(plan);
            AdaptCurrent();
            return ReceiptReason.None;
        }

        private void Load(Plan plan)
        {
            _broadcasts.Load(plan);
            _objects.Need(plan.Entries);
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

        private void CloseStreamsMissingIn(Plan plan)
        {
            for (int i = 0; i < _broadcasts.Count; i++)
            {
                long broadcast = _broadcasts.At(i).Entry.Broadcast;
                bool planned = false;
                for (int j = 0; j < plan.Entries.Length && !planned; j++)
                {
                    planned = plan.Entries[j].Broadcast == broadcast;
                }

                if (!planned)
                {
                    _streams.Close(broadcast);
                }
            }
        }
    }
}
