using SmartRadio.Wire;

namespace SmartRadio.Node
{
    /// <summary>Carries out the plan by the node's own clock: who goes on air when, and what is said of those who do not.</summary>
    public sealed class Programme
    {
        /// <summary>
        /// µs before its start at which a broadcast is given the output: enough to run the ring out, open the output anew at
        /// another rate and wake the amplifier.
        /// </summary>
        private const long Preparation = 700000;

        /// <summary>How soon a broadcast that cannot start yet is looked at again, in ms.</summary>
        private const int Retry = 50;

        private readonly PlanStore _plan;
        private readonly Book _book;
        private readonly NodeClock _clock;
        private readonly AirRules _rules;
        private readonly Player _player;
        private readonly Roster _roster;
        private readonly SoundRoom _sounds;
        private readonly ObjectLibrary _objects;
        private readonly StreamDesk _streams;
        private long _runningSince;

        public Programme(
            PlanStore plan, Book book, NodeClock clock, AirRules rules, Player player, Roster roster, SoundRoom sounds,
            ObjectLibrary objects, StreamDesk streams)
        {
            _plan = plan;
            _book = book;
            _clock = clock;
            _rules = rules;
            _player = player;
            _roster = roster;
            _sounds = sounds;
            _objects = objects;
            _streams = streams;
            if (plan.Current != null)
            {
                roster.Load(plan.Current);
                objects.Need(plan.Current.Entries);
            }
        }

        /// <summary>Takes a newer plan in place of the present one; an older one changes nothing.</summary>
        public ReceiptReason Replace(Plan plan)
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
            _player.Unreserve();
            _roster.Load(plan);
            _objects.Need(plan.Entries);
            Adapt();
            return ReceiptReason.None;
        }

        /// <summary>Stops one broadcast for good, or with 0 whatever is on air or waiting to go on.</summary>
        public ReceiptReason Stop(long broadcast, ReceiptReason reason)
        {
            for (int i = 0; i < _book.Count; i++)
            {
                BroadcastRecord record = _book.At(i);
                bool begun = record.State == BroadcastState.Suspended || IsNext(record);
                if (broadcast == 0 ? begun : record.Broadcast == broadcast && record.IsWaiting)
                {
                    StopWaiting(record, reason);
                }
            }

            _player.Stop(broadcast, reason);
            if (broadcast != 0 && _book.Find(broadcast) == null)
            {
                // The stop overtook its plan: remembered, so that the plan cannot start it.
                _book.Begin(broadcast, _clock.Now, BroadcastState.Done);
            }

            return ReceiptReason.None;
        }

        /// <summary>Plays the chime if the output is free and the rules allow.</summary>
        /// <param name="volume">Percent; 255 = the node's own.</param>
        public ReceiptReason Chime(int volume)
        {
            if (_player.Current != null || _player.Next != null)
            {
                return ReceiptReason.Busy;
            }

            // No class: whatever is planned goes before it.
            const BroadcastClass none = 0;
            long startsAt = _player.Earliest(ChimeSound.ToneRate);
            long instant = _clock.ToUnix(startsAt);
            ReceiptReason refusal = _rules.Check(none, instant, ChimeSound.Samples * 1000 / ChimeSound.ToneRate);
            if (refusal != ReceiptReason.None)
            {
                return refusal;
            }

            ChimeSound sound = new ChimeSound();
            sound.SetVolume(volume > 100 ? _plan.Volume : volume);
            Airing airing = new Airing(new BroadcastRecord(), sound);
            airing.Class = none;
            airing.Samples = ChimeSound.Samples;
            airing.StartsAt = startsAt;
            airing.LatestStart = startsAt + Preparation;
            airing.CutAt = LocalOrNever(_rules.NextQuiet(none, instant));
            _player.Reserve(airing);
            return ReceiptReason.None;
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            if (!_clock.IsSet)
            {
                return Wait.Longest;
            }

            long now = _clock.Now;
            if (_runningSince == 0)
            {
                _runningSince = now;
                TellOfPowerCut(now);
            }

            int wait = Wait.Longest;
            PlannedBroadcast best = null;
            for (int i = 0; i < _roster.Count; i++)
            {
                PlannedBroadcast planned = _roster.At(i);
                if (planned.Record.State == BroadcastState.Done)
                {
                    _streams.Close(planned.Entry.Broadcast);
                    continue;
                }

                if (planned.Record.State == BroadcastState.Received && _sounds.HasObject(planned.Entry))
                {
                    planned.Record.State = BroadcastState.Verified;
                    _book.Note(planned.Entry.Broadcast, ReceiptStep.Verified, ReceiptReason.None, now, 0);
                }

                if (!planned.Record.IsWaiting || _player.Holds(planned.Record))
                {
                    continue;
                }

                if (now > planned.Entry.LatestStart)
                {
                    Miss(planned, now);
                    continue;
                }

                long due = _clock.ToLocal(planned.Entry.Start) - Preparation;
                if (_clock.Local < due)
                {
                    wait = Wait.Shorter(wait, Wait.Until(due, _clock.Local));
                    continue;
                }

                wait = Wait.Shorter(wait, Retry);
                planned.Blocked = WhyNot(planned);
                if (planned.Blocked == ReceiptReason.None && (best == null || ComesBefore(planned.Entry, best.Entry)))
                {
                    best = planned;
                }
            }

            if (best != null)
            {
                Reserve(best);
            }

            return wait;
        }

        private static bool ComesBefore(PlanEntry one, PlanEntry other)
        {
            return one.Class > other.Class || (one.Class == other.Class && one.Start < other.Start);
        }

        private ReceiptReason WhyNot(PlannedBroadcast planned)
        {
            PlanEntry entry = planned.Entry;
            ReceiptReason refusal = _rules.Check(entry.Class, _clock.ToUnix(StartOf(entry)), planned.Remaining);
            if (refusal != ReceiptReason.None)
            {
                return refusal;
            }

            bool busy = (_player.Current != null && _player.Current.Class >= entry.Class)
                || (_player.Next != null && _player.Next.Class >= entry.Class);
            return busy ? ReceiptReason.Busy : _sounds.Look(entry);
        }

        private void Reserve(PlannedBroadcast planned)
        {
            PlanEntry entry = planned.Entry;
            long startsAt = StartOf(entry);
            if (_clock.ToUnix(startsAt) > entry.LatestStart)
            {
                return;
            }

            Airing airing = _sounds.Open(planned, VolumeOf(entry));
            if (airing == null)
            {
                planned.Blocked = ReceiptReason.NoSound;
                return;
            }

            airing.StartsAt = startsAt;
            airing.Origin = _clock.ToLocal(entry.Start);
            airing.LatestStart = _clock.ToLocal(entry.LatestStart);
            airing.CutAt = LocalOrNever(_rules.NextQuiet(entry.Class, _clock.ToUnix(startsAt)));
            _player.Reserve(airing);
        }

        private long StartOf(PlanEntry entry)
        {
            long start = _clock.ToLocal(entry.Start);
            long earliest = _player.Earliest(SoundFormat.Rate(entry.Codec));
            return start > earliest ? start : earliest;
        }

        /// <summary>Makes what is on air follow a new plan.</summary>
        private void Adapt()
        {
            Airing current = _player.Current;
            if (current == null || current.Record.Broadcast == 0)
            {
                return;
            }

            PlannedBroadcast planned = _roster.Find(current.Record.Broadcast);
            if (planned == null)
            {
                _player.Interrupt(ReceiptReason.Stopped);
                return;
            }

            current.Class = planned.Entry.Class;
            current.CutAt = LocalOrNever(_rules.NextQuiet(current.Class, _clock.Now));
            current.Sound.SetVolume(VolumeOf(planned.Entry));
        }

        private void Miss(PlannedBroadcast planned, long now)
        {
            ReceiptReason reason = planned.Blocked;
            if (planned.Entry.LatestStart < _runningSince)
            {
                reason = ReceiptReason.NotRunning;
            }
            else if (reason == ReceiptReason.None)
            {
                reason = _player.HasFailed ? ReceiptReason.OutputFailed : ReceiptReason.Expired;
            }

            Miss(planned.Record, reason, now);
        }

        private void Miss(BroadcastRecord record, ReceiptReason reason, long now)
        {
            // An interrupted one has told its end already.
            if (record.State != BroadcastState.Suspended)
            {
                _book.Note(record.Broadcast, ReceiptStep.Missed, reason, now, 0);
            }

            record.State = BroadcastState.Done;
            _book.Touch();
        }

        private bool IsNext(BroadcastRecord record)
        {
            return _player.Next != null && _player.Next.Record == record;
        }

        private void StopWaiting(BroadcastRecord record, ReceiptReason reason)
        {
            Miss(record, reason, _clock.Now);
        }

        /// <summary>Whatever was on air when the power went was interrupted; it does not start again.</summary>
        private void TellOfPowerCut(long now)
        {
            for (int i = 0; i < _book.Count; i++)
            {
                BroadcastRecord record = _book.At(i);
                if (record.State == BroadcastState.OnAir)
                {
                    record.State = BroadcastState.Done;
                    _book.Note(record.Broadcast, ReceiptStep.Interrupted, ReceiptReason.NotRunning, now, record.Samples);
                }
            }
        }

        private void CloseStreamsMissingIn(Plan plan)
        {
            for (int i = 0; i < _roster.Count; i++)
            {
                long broadcast = _roster.At(i).Entry.Broadcast;
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

        private int VolumeOf(PlanEntry entry)
        {
            return entry.Volume > 100 ? _plan.Volume : entry.Volume;
        }

        private long LocalOrNever(long unixMilliseconds)
        {
            return unixMilliseconds == long.MaxValue ? long.MaxValue : _clock.ToLocal(unixMilliseconds);
        }
    }
}
