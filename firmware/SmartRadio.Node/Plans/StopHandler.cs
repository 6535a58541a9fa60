using SmartRadio.Node.Clock;
using SmartRadio.Node.Link;
using SmartRadio.Node.Playback;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Node.Plans
{
    /// <summary>Stops broadcasts, for the controller and for the button on the node.</summary>
    public sealed class StopHandler : ICommandHandler
    {
        /// <summary>ms before its start at which a broadcast counts as about to go on.</summary>
        private const int AboutTo = 10000;

        private readonly PlayJournal _journal;
        private readonly NodeClock _clock;
        private readonly Player _player;
        private readonly PlannedBroadcasts _broadcasts;
        private readonly PlanHandler _plans;

        public StopHandler(PlayJournal journal, NodeClock clock, Player player, PlannedBroadcasts broadcasts, PlanHandler plans)
        {
            _plans = plans;
            _journal = journal;
            _clock = clock;
            _player = player;
            _broadcasts = broadcasts;
        }

        public CommandType Type
        {
            get { return CommandType.Stop; }
        }

        public ReceiptReason Handle(Envelope envelope, NodeKeys signed)
        {
            StopCommand command = StopCommand.Read(envelope.Body);
            if (command == null)
            {
                return ReceiptReason.Malformed;
            }

            Stop(command.Broadcast, ReceiptReason.Stopped);
            return ReceiptReason.None;
        }

        /// <summary>Stops one broadcast for good, or with 0 whatever is on air, about to go on, or waiting to resume.</summary>
        public void Stop(long broadcast, ReceiptReason reason)
        {
            if (_plans.IsTaking)
            {
                // Silence first; then whatever else the plan that is being taken names.
                _player.Stop(broadcast, reason);
                _plans.Finish();
            }

            for (int i = 0; i < _journal.Count; i++)
            {
                BroadcastRecord record = _journal.At(i);
                if (record.IsWaiting && (broadcast == 0 ? IsAboutToSound(record) : record.Broadcast == broadcast))
                {
                    _journal.Miss(record, reason, _clock.Now);
                }
            }

            _broadcasts.Ended();
            _player.Stop(broadcast, reason);
            if (broadcast != 0 && _journal.Find(broadcast) == null)
            {
                // The stop overtook its plan: remembered, so that the plan cannot start it.
                _journal.Begin(broadcast, _clock.Now, BroadcastState.Done);
            }
        }

        /// <summary>Whoever presses stop means what would begin the moment after, too.</summary>
        private bool IsAboutToSound(BroadcastRecord record)
        {
            PlannedEntry planned = _broadcasts.Find(record.Broadcast);
            return record.State == BroadcastState.Suspended
                || (_player.Next != null && _player.Next.Record == record)
                || (planned != null && planned.Entry.Start <= _clock.Now + AboutTo);
        }
    }
}
