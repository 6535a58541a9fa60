using System.Collections;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node
{
    /// <summary>The broadcasts of the plan in force, each with its record in the book.</summary>
    public sealed class Roster
    {
        private readonly Book _book;
        private readonly NodeClock _clock;
        private readonly NodeIdentity _identity;
        private readonly ArrayList _planned = new ArrayList();

        public Roster(Book book, NodeClock clock, NodeIdentity identity)
        {
            _book = book;
            _clock = clock;
            _identity = identity;
        }

        public int Count
        {
            get { return _planned.Count; }
        }

        public PlannedBroadcast At(int index)
        {
            return (PlannedBroadcast)_planned[index];
        }

        /// <summary>The planned broadcast, or null.</summary>
        public PlannedBroadcast Find(long broadcast)
        {
            for (int i = 0; i < _planned.Count; i++)
            {
                if (At(i).Entry.Broadcast == broadcast)
                {
                    return At(i);
                }
            }

            return null;
        }

        /// <summary>Takes over a plan; notes a receipt for each entry that the node did not know.</summary>
        public void Load(Plan plan)
        {
            ArrayList previous = (ArrayList)_planned.Clone();
            _planned.Clear();
            for (int i = 0; i < plan.Entries.Length; i++)
            {
                PlanEntry entry = plan.Entries[i];
                BroadcastRecord record = _book.Find(entry.Broadcast);
                if (record == null)
                {
                    record = Receive(entry);
                }
                else if (record.State == BroadcastState.Verified && HasOtherObject(previous, entry))
                {
                    record.State = BroadcastState.Received;
                }

                record.LatestStart = entry.LatestStart;
                _planned.Add(new PlannedBroadcast(entry, record));
            }

            _book.Touch();
            _book.Prune(plan, _clock.Now);
        }

        private BroadcastRecord Receive(PlanEntry entry)
        {
            long now = _clock.Now;
            BroadcastRecord record = _book.Begin(entry.Broadcast, entry.LatestStart, BroadcastState.Received);
            ReceiptReason refusal = Refusal(entry);
            if (refusal != ReceiptReason.None)
            {
                record.State = BroadcastState.Done;
                _book.Note(entry.Broadcast, ReceiptStep.Refused, refusal, now, 0);
                return record;
            }

            _book.Note(entry.Broadcast, ReceiptStep.Received, ReceiptReason.None, now, 0);
            if (_clock.IsSet && now > entry.LatestStart)
            {
                record.State = BroadcastState.Done;
                _book.Note(entry.Broadcast, ReceiptStep.Missed, ReceiptReason.Expired, now, 0);
            }

            return record;
        }

        private ReceiptReason Refusal(PlanEntry entry)
        {
            if ((_identity.Codecs & (1 << (int)entry.Codec)) == 0)
            {
                return ReceiptReason.UnknownCodec;
            }

            bool hasObject = BuiltInSound.Of(entry.ObjectId) == BuiltInSound.None && !BuiltInSound.IsStreamOnly(entry.ObjectId);
            bool fits = entry.ObjectBytes > 0 && entry.ObjectBytes <= ObjectLayout.MaxLength
                && SoundFormat.Samples(entry.Codec, entry.ObjectBytes) >= entry.Samples;
            return hasObject && !fits ? ReceiptReason.Malformed : ReceiptReason.None;
        }

        private static bool HasOtherObject(ArrayList previous, PlanEntry entry)
        {
            for (int i = 0; i < previous.Count; i++)
            {
                PlanEntry before = ((PlannedBroadcast)previous[i]).Entry;
                if (before.Broadcast == entry.Broadcast)
                {
                    return !Mac.Matches(before.ObjectId, entry.ObjectId, 0);
                }
            }

            return false;
        }
    }
}
