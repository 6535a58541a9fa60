using SmartRadio.Protocol;

namespace SmartRadio.Node
{
    /// <summary>Stops broadcasts, for the controller and for the button on the node.</summary>
    public sealed class StopDesk
    {
        /// <summary>ms before its start at which a broadcast counts as about to go on.</summary>
        private const int AboutTo = 10000;

        private readonly Book _book;
        private readonly NodeClock _clock;
        private readonly Player _player;
        private readonly Roster _roster;

        public StopDesk(Book book, NodeClock clock, Player player, Roster roster)
        {
            _book = book;
            _clock = clock;
            _player = player;
            _roster = roster;
        }

        /// <summary>Stops one broadcast for good, or with 0 whatever is on air, about to go on, or waiting to resume.</summary>
        public void Stop(long broadcast, ReceiptReason reason)
        {
            for (int i = 0; i < _book.Count; i++)
            {
                BroadcastRecord record = _book.At(i);
                if (record.IsWaiting && (broadcast == 0 ? IsAboutToSound(record) : record.Broadcast == broadcast))
                {
                    _book.Miss(record, reason, _clock.Now);
                }
            }

            _player.Stop(broadcast, reason);
            if (broadcast != 0 && _book.Find(broadcast) == null)
            {
                // The stop overtook its plan: remembered, so that the plan cannot start it.
                _book.Begin(broadcast, _clock.Now, BroadcastState.Done);
            }
        }

        /// <summary>Whoever presses stop means what would begin the moment after, too.</summary>
        private bool IsAboutToSound(BroadcastRecord record)
        {
            PlannedBroadcast planned = _roster.Find(record.Broadcast);
            return record.State == BroadcastState.Suspended
                || (_player.Next != null && _player.Next.Record == record)
                || (planned != null && planned.Entry.Start <= _clock.Now + AboutTo);
        }
    }
}
