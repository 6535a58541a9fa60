using SmartRadio.Wire;

namespace SmartRadio.Node
{
    /// <summary>Stops broadcasts, for the controller and for the button on the node.</summary>
    public sealed class StopDesk
    {
        private readonly Book _book;
        private readonly NodeClock _clock;
        private readonly Player _player;

        public StopDesk(Book book, NodeClock clock, Player player)
        {
            _book = book;
            _clock = clock;
            _player = player;
        }

        /// <summary>Stops one broadcast for good, or with 0 whatever is on air, about to go on, or waiting to resume.</summary>
        public void Stop(long broadcast, ReceiptReason reason)
        {
            for (int i = 0; i < _book.Count; i++)
            {
                BroadcastRecord record = _book.At(i);
                bool begun = record.State == BroadcastState.Suspended || (_player.Next != null && _player.Next.Record == record);
                if (record.IsWaiting && (broadcast == 0 ? begun : record.Broadcast == broadcast))
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
    }
}
