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
        /// <summary>Entries taken over in one poll.</summary>
        private const int TakenAtOnce = 32;

        private readonly PlayJournal _journal;
        private readonly NodeClock _clock;
        private readonly NodeIdentity _identity;
        private ArrayList _planned = new ArrayList();
        private ArrayList _taken;
        private PlanEntry[] _entries;
        private NumberIndex _places;
        private BroadcastRecord[] _records;
        private PlannedEntry[] _previous;

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

        /// <summary>Another number when other broadcasts are planned or one has ended before it began.</summary>
        public int Changes { get; private set; }

        /// <summary>A broadcast has ended before it began.</summary>
        public void Ended()
        {
            Changes++;
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

        /// <summary>
        /// Begins to take over a plan, in place of one that it was still taking. What stands in the plan in force and differs is
        /// withheld from now on; all else goes on until <see cref="Take"/> is done.
        /// </summary>
        /// <returns>The broadcasts that the newer plan no longer names.</returns>
        public ArrayList Begin(Plan plan)
        {
            PlanEntry[] entries = plan.Entries;
            _entries = entries;
            _taken = new ArrayList();
            _records = null;
            _places = new NumberIndex(entries.Length);
            for (int i = 0; i < entries.Length; i++)
            {
                _places.Put(entries[i].Broadcast, i);
            }

            _previous = new PlannedEntry[entries.Length];
            ArrayList dropped = new ArrayList();
            for (int i = 0; i < _planned.Count; i++)
            {
                PlannedEntry planned = (PlannedEntry)_planned[i];
                int place = _places.Find(planned.Entry.Broadcast);
                planned.IsWithheld = place < 0 || IsChanged(planned.Entry, entries[place]);
                if (place < 0)
                {
                    dropped.Add(planned);
                }
                else
                {
                    _previous[place] = planned;
                }
            }

            return dropped;
        }

        /// <summary>
        /// Takes over some of the plan's entries; notes a receipt for each that the node did not know. True while there are more;
        /// with the last the plan is in force, all of it at once.
        /// </summary>
        public bool Take()
        {
            if (_records == null)
            {
                _records = _journal.Match(_places, _entries.Length);
            }

            int end = _taken.Count + TakenAtOnce < _entries.Length ? _taken.Count + TakenAtOnce : _entries.Length;
            for (int i = _taken.Count; i < end; i++)
            {
                PlanEntry entry = _entries[i];
                int first = _places.Find(entry.Broadcast);
                BroadcastRecord record = _records[first];
                if (record == null)
                {
                    record = Receive(entry);
                    record.IsPlanned = true;
                    _records[first] = record;
                }
                else if (record.State == BroadcastState.Verified && HasOtherObject(_previous[first], entry))
                {
                    record.State = BroadcastState.Received;
                }

                if (record.LatestStart != entry.LatestStart)
                {
                    record.LatestStart = entry.LatestStart;
                }

                _taken.Add(new PlannedEntry(entry, record));
            }

            _journal.Touch();
            if (end < _entries.Length)
            {
                return true;
            }

            Changes++;
            _planned = _taken;
            _taken = null;
            _entries = null;
            _places = null;
            _records = null;
            _previous = null;
            return false;
        }

        /// <summary>Drops some of the records that no longer matter; true while there may be more.</summary>
        public bool Prune()
        {
            return _journal.Prune(_clock.Now);
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

        private static bool HasOtherObject(PlannedEntry previous, PlanEntry entry)
        {
            return previous != null && !ObjectHash.AreSame(previous.Entry.ObjectId, entry.ObjectId);
        }

        private static bool IsChanged(PlanEntry one, PlanEntry other)
        {
            return one.Start != other.Start || one.LatestStart != other.LatestStart || one.Samples != other.Samples
                || one.Class != other.Class || one.Codec != other.Codec || one.Flags != other.Flags
                || one.ObjectBytes != other.ObjectBytes || !ObjectHash.AreSame(one.ObjectId, other.ObjectId);
        }
    }
}
