using System.Collections;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Storage
{
    /// <summary>
    /// The node's memory of what it did: one record a broadcast, the receipts not yet acknowledged and the minutes of the day,
    /// written together, so that no power cut can part a deed from its receipt.
    /// </summary>
    public sealed class PlayJournal
    {
        /// <summary>
        /// Records kept at most, those of the plan and on air excepted. The first to go is the one whose latest start is the
        /// earliest: the longer that has passed, the surer it is that no plan can start its broadcast again.
        /// </summary>
        public const int Capacity = 256;

        /// <summary>One walk through all records finds so many to drop: 64 walks for 64 took the device a second.</summary>
        private const int PrunedAtOnce = 16;

        /// <summary>A record outlives its latest start by two days: an older plan entry is missed anyway.</summary>
        private const long KeepMilliseconds = 2L * 24 * 3600 * 1000;

        /// <summary>Stands behind the receipts while their numbers are for the time being.</summary>
        private const int NumbersAreLost = 1;

        private readonly TwoSlotFile _file;
        private readonly ArrayList _records = new ArrayList();
        private bool _changed;

        public PlayJournal(TwoSlotFile file)
        {
            _file = file;
            byte[] stored = file.Read();
            IsLost = stored == null;
            if (stored != null)
            {
                Read(new WireReader(stored));
            }
        }

        /// <summary>
        /// Receipts are numbered for the time being: what numbers the controller knows already is not known here.
        /// </summary>
        public bool IsLost { get; private set; }

        public ReceiptOutbox Outbox { get; } = new ReceiptOutbox();

        public Airtime Airtime { get; } = new Airtime();

        /// <summary>Number of the newest receipt on the medium: no later one may be sent.</summary>
        public long SavedNumber { get; private set; }

        public int Count
        {
            get { return _records.Count; }
        }

        public BroadcastRecord At(int index)
        {
            return (BroadcastRecord)_records[index];
        }

        /// <summary>The record of a broadcast, or null.</summary>
        public BroadcastRecord Find(long broadcast)
        {
            for (int i = 0; i < _records.Count; i++)
            {
                BroadcastRecord record = (BroadcastRecord)_records[i];
                if (record.Broadcast == broadcast)
                {
                    return record;
                }
            }

            return null;
        }

        public BroadcastRecord Begin(long broadcast, long latestStart, BroadcastState state)
        {
            BroadcastRecord record = new BroadcastRecord();
            record.Broadcast = broadcast;
            record.LatestStart = latestStart;
            record.State = state;
            _records.Add(record);
            _changed = true;
            return record;
        }

        /// <summary>Notes a receipt. It is sent only after <see cref="Save"/>.</summary>
        public void Note(long broadcast, ReceiptStep step, ReceiptReason reason, long instant, long samples)
        {
            Receipt receipt = new Receipt();
            receipt.Broadcast = broadcast;
            receipt.Step = step;
            receipt.Reason = reason;
            receipt.Instant = instant;
            receipt.Samples = samples;
            Outbox.Add(receipt);
            _changed = true;
        }

        /// <summary>
        /// Notes that a broadcast will not sound, or not go on: one that was interrupted has told its end already.
        /// </summary>
        public void Miss(BroadcastRecord record, ReceiptReason reason, long instant)
        {
            if (record.State != BroadcastState.Suspended)
            {
                Note(record.Broadcast, ReceiptStep.Missed, reason, instant, 0);
            }

            record.State = BroadcastState.Done;
            _changed = true;
        }

        /// <summary>
        /// Numbers the receipts above the last one that the controller has; does nothing where nothing was lost.
        /// </summary>
        public void Resume(long last)
        {
            if (IsLost)
            {
                IsLost = false;
                Outbox.Resume(last);
                _changed = true;
                Save();
            }
        }

        /// <summary>Forgets acknowledged receipts.</summary>
        public void Acknowledge(long first, long last)
        {
            _changed |= Outbox.Remove(first, last);
        }

        /// <summary>A record or the airtime changed.</summary>
        public void Touch()
        {
            _changed = true;
        }

        /// <summary>
        /// Notes which records a plan names; returns them in the order of its entries, null for a broadcast not known.
        /// </summary>
        /// <param name="named">The places of the plan's broadcasts.</param>
        /// <param name="count">How many entries it has.</param>
        public BroadcastRecord[] Match(NumberIndex named, int count)
        {
            BroadcastRecord[] records = new BroadcastRecord[count];
            for (int i = 0; i < _records.Count; i++)
            {
                BroadcastRecord record = (BroadcastRecord)_records[i];
                int place = named.Find(record.Broadcast);
                record.IsPlanned = place >= 0;
                if (place >= 0 && records[place] == null)
                {
                    records[place] = record;
                }
            }

            return records;
        }

        /// <summary>
        /// Drops records that can never matter again, and more where there are too many, but at most <see cref="PrunedAtOnce"/>:
        /// true while there may be more. It keeps what <see cref="Match"/> found in the plan.
        /// </summary>
        public bool Prune(long now)
        {
            int[] oldest = new int[PrunedAtOnce];
            int found = Oldest(oldest);
            int dropped = 0;
            while (dropped < found
                && (_records.Count > Capacity || At(oldest[dropped]).LatestStart + KeepMilliseconds < now))
            {
                _records.RemoveAt(oldest[dropped]);
                for (int i = dropped + 1; i < found; i++)
                {
                    oldest[i] -= oldest[i] > oldest[dropped] ? 1 : 0;
                }

                dropped++;
                _changed = true;
            }

            return dropped == PrunedAtOnce;
        }

        /// <summary>Writes what changed. When the storage fails, it is tried again with the next change.</summary>
        public void Save()
        {
            if (!_changed)
            {
                return;
            }

            _changed = false;
            WireWriter writer = new WireWriter(64 + (_records.Count * BroadcastRecord.Length) + (Outbox.Count * Receipt.Length));
            Airtime.Write(writer);
            writer.U16(_records.Count);
            for (int i = 0; i < _records.Count; i++)
            {
                ((BroadcastRecord)_records[i]).Write(writer);
            }

            Outbox.Write(writer);
            if (IsLost)
            {
                writer.U8(NumbersAreLost);
            }

            if (_file.Write(writer.ToArray()))
            {
                SavedNumber = Outbox.LastNumber;
            }
        }

        /// <summary>Whatever was on air when the power went was interrupted; it does not start again.</summary>
        public void TellOfPowerCut(long now)
        {
            for (int i = 0; i < Count; i++)
            {
                BroadcastRecord record = At(i);
                if (record.State == BroadcastState.OnAir)
                {
                    record.State = BroadcastState.Done;
                    Note(record.Broadcast, ReceiptStep.Interrupted, ReceiptReason.NotRunning, now, record.Samples);
                }
            }
        }

        /// <summary>
        /// The records with the earliest latest starts that no plan names, the earliest first; returns how many. What was on air
        /// when the power went has an end to be told.
        /// </summary>
        private int Oldest(int[] oldest)
        {
            long[] latest = new long[oldest.Length];
            int found = 0;
            for (int i = 0; i < _records.Count; i++)
            {
                BroadcastRecord record = (BroadcastRecord)_records[i];
                if (record.IsPlanned || record.State == BroadcastState.OnAir)
                {
                    continue;
                }

                long start = record.LatestStart;
                if (found == oldest.Length)
                {
                    if (start >= latest[found - 1])
                    {
                        continue;
                    }

                    found--;
                }

                int place = found;
                for (; place > 0 && latest[place - 1] > start; place--)
                {
                    latest[place] = latest[place - 1];
                    oldest[place] = oldest[place - 1];
                }

                latest[place] = start;
                oldest[place] = i;
                found++;
            }

            return found;
        }

        private void Read(WireReader reader)
        {
            Airtime.Read(reader);
            int count = reader.U16();
            for (int i = 0; i < count && !reader.Failed; i++)
            {
                _records.Add(BroadcastRecord.Read(reader));
            }

            Outbox.Read(reader);
            IsLost = reader.Remaining > 0;
            SavedNumber = Outbox.LastNumber;
        }
    }
}
