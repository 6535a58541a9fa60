using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Playback;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Plans
{
    /// <summary>
    /// Carries out the plan by the node's own clock: who goes on air when, and what is said of those who do not.
    /// </summary>
    public sealed class PlayScheduler
    {
        /// <summary>How soon a broadcast that cannot start yet is looked at again, in ms.</summary>
        private const int Retry = 50;

        /// <summary>
        /// A clock that moved by more than so many µs since the output was given away gave it for a wrong instant.
        /// </summary>
        private const long Misaimed = 20000;

        private readonly PlayJournal _journal;
        private readonly NodeClock _clock;
        private readonly AirRules _rules;
        private readonly Speaker _speaker;
        private readonly Player _player;
        private readonly PlannedBroadcasts _broadcasts;
        private readonly SoundSource _sounds;
        private PlannedEntry _reserved;
        private long _runningSince;

        public PlayScheduler(
            PlayJournal journal, NodeClock clock, AirRules rules, Speaker speaker, Player player,
            PlannedBroadcasts broadcasts, SoundSource sounds)
        {
            _journal = journal;
            _clock = clock;
            _rules = rules;
            _speaker = speaker;
            _player = player;
            _broadcasts = broadcasts;
            _sounds = sounds;
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

            TakeBackMisaimed();
            int wait = Wait.Longest;
            PlannedEntry best = null;
            for (int i = 0; i < _broadcasts.Count; i++)
            {
                PlannedEntry planned = _broadcasts.At(i);
                if (!IsWaiting(planned, now))
                {
                    continue;
                }

                long due = _clock.ToLocal(planned.Entry.Start) - _speaker.Preparation(SoundFormat.Rate(planned.Entry.Codec));
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

        /// <summary>Brings a broadcast's record up to date; true when it may still be given the output.</summary>
        private bool IsWaiting(PlannedEntry planned, long now)
        {
            if (planned.IsClosed)
            {
                return false;
            }

            BroadcastRecord record = planned.Record;
            if (record.State == BroadcastState.Done)
            {
                _sounds.Close(planned.Entry);
                planned.IsClosed = true;
                return false;
            }

            if (record.State == BroadcastState.Received && _sounds.HasObject(planned.Entry))
            {
                record.State = BroadcastState.Verified;
                _journal.Note(record.Broadcast, ReceiptStep.Verified, ReceiptReason.None, now, 0);
            }

            if (!record.IsWaiting || _player.Holds(record))
            {
                return false;
            }

            if (now > planned.Entry.LatestStart)
            {
                _journal.Miss(record, WhyMissed(planned), now);
                return false;
            }

            return true;
        }

        private ReceiptReason WhyMissed(PlannedEntry planned)
        {
            if (planned.Entry.LatestStart < _runningSince)
            {
                return ReceiptReason.NotRunning;
            }

            if (planned.Blocked != ReceiptReason.None)
            {
                return planned.Blocked;
            }

            return _speaker.HasFailed ? ReceiptReason.OutputFailed : ReceiptReason.Expired;
        }

        private ReceiptReason WhyNot(PlannedEntry planned)
        {
            PlanEntry entry = planned.Entry;
            ReceiptReason reason = _rules.Check(entry.Class, _clock.ToUnix(StartOf(entry)), planned.Remaining);
            if (reason != ReceiptReason.None)
            {
                return reason;
            }

            bool busy = (_player.Current != null && _player.Current.Class >= entry.Class)
                || (_player.Next != null && _player.Next.Class >= entry.Class);
            if (busy)
            {
                return ReceiptReason.Busy;
            }

            long position = (_clock.ToUnix(StartOf(entry)) - entry.Start) * SoundFormat.Rate(entry.Codec) / 1000;
            return _sounds.Look(entry, position);
        }

        private void Reserve(PlannedEntry planned)
        {
            PlanEntry entry = planned.Entry;
            long startsAt = StartOf(entry);
            if (_clock.ToUnix(startsAt) > entry.LatestStart)
            {
                return;
            }

            Airing airing = _sounds.Open(planned, _rules.VolumeAt(entry.Class, entry.Volume, _clock.ToUnix(startsAt)));
            if (airing == null)
            {
                planned.Blocked = ReceiptReason.NoSound;
                return;
            }

            airing.StartsAt = startsAt;
            airing.Origin = _clock.ToLocal(entry.Start);
            airing.LatestStart = _clock.ToLocal(entry.LatestStart);
            airing.CutAt = _clock.ToLocal(_rules.NextQuiet(entry.Class, _clock.ToUnix(startsAt)));
            _reserved = planned;
            _player.Reserve(airing);
        }

        /// <summary>
        /// The first answer for hours may set the clock right when the output is being made ready: then all is thought over
        /// again.
        /// </summary>
        private void TakeBackMisaimed()
        {
            Airing next = _player.Next;
            if (next == null || _reserved == null || next.Record != _reserved.Record)
            {
                return;
            }

            long moved = _clock.ToLocal(_reserved.Entry.Start) - next.Origin;
            if (moved > Misaimed || moved < -Misaimed)
            {
                _player.Reserve(null);
            }
        }

        private long StartOf(PlanEntry entry)
        {
            long start = _clock.ToLocal(entry.Start);
            long earliest = _speaker.Earliest(SoundFormat.Rate(entry.Codec));
            return start > earliest ? start : earliest;
        }

        /// <summary>Whatever was on air when the power went was interrupted; it does not start again.</summary>
        private void TellOfPowerCut(long now)
        {
            for (int i = 0; i < _journal.Count; i++)
            {
                BroadcastRecord record = _journal.At(i);
                if (record.State == BroadcastState.OnAir)
                {
                    record.State = BroadcastState.Done;
                    _journal.Note(record.Broadcast, ReceiptStep.Interrupted, ReceiptReason.NotRunning, now, record.Samples);
                }
            }
        }
    }
}
