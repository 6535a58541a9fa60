using System.Collections;
using SmartRadio.Node.Clock;
using SmartRadio.Node.Link;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Plans
{
    /// <summary>The broadcasts of the plan in force, each with its record in the journal.</summary>
    public sealed class PlannedBroadcasts
    {
        private readonly PlayJournal _journal;
        private readonly NodeClock _clock;
        private readonly NodeIdentity _identity;
        private readonly ArrayList _planned = new ArrayList();

        public PlannedBroadcasts(PlayJournal journal, NodeClock clock, NodeIdentity identity)
        {
            _journal = journal;
            _clock = clock;
            _identity = identity;
        }

        public int Count
        {
            get { return _planned.Count; }
        }

        public PlannedEntry At(int index)
        {
            return (PlannedEntry)_planned[index];
        }

        /// <summary>The planned broadcast, or null.</summary>
        public PlannedEntry Find(long broadcast)
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
                BroadcastRecord record = _journal.Find(entry.Broadcast);
                if (record == null)
                {
                    record = Receive(entry);
                }
                else if (record.State == BroadcastState.Verified && HasOtherObject(previous, entry))
                {
                    record.State = BroadcastState.Received;
                }

                record.LatestStart = entry.LatestStart;
                _planned.Add(new PlannedEntry(entry, record));
            }

            _journal.Touch();
            _journal.Prune(plan, _clock.Now);
        }

        private BroadcastRecord Receive(PlanEntry entry)
        {
            long now = _clock.Now;
            BroadcastRecord record = _journal.Begin(entry.Broadcast, entry.LatestStart, BroadcastState.Received);
            ReceiptReason reason = WhyNot(entry);
            if (reason != ReceiptReason.None)
            {
                record.State = BroadcastState.Done;
                _journal.Note(entry.Broadcast, ReceiptStep.Rejected, reason, now, 0);
                return record;
            }

            _journal.Note(entry.Broadcast, ReceiptStep.Received, ReceiptReason.None, now, 0);
            if (_clock.IsSet && now > entry.LatestStart)
            {
                record.State = BroadcastState.Done;
                _journal.Note(entry.Broadcast, ReceiptStep.Missed, ReceiptReason.Expired, now, 0);
            }

            return record;
        }

        private ReceiptReason WhyNot(PlanEntry entry)
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
                PlanEntry before = ((PlannedEntry)previous[i]).Entry;
                if (before.Broadcast == entry.Broadcast)
                {
                    return !Mac.Matches(before.ObjectId, entry.ObjectId, 0);
                }
            }

            return false;
        }
    }
}
