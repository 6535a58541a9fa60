using System.Collections;
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

        /// <summary>Milliseconds after which all of the plan is looked at again, if nothing in it changes.</summary>
        private const long LookAgain = Wait.Longest;

        /// <summary>Milliseconds, longer than an output takes to be made ready, with a deep ring too.</summary>
        private const long Ahead = 10000;

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
        private readonly ArrayList _near = new ArrayList();
        private PlannedEntry _reserved;
        private long _lookedAt;
        private int _plannedThen;
        private int _soundsThen;
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
                _journal.TellOfPowerCut(now);
            }

            TakeBackMisaimed();
            if (now < _lookedAt || now >= _lookedAt + LookAgain || _broadcasts.Changes != _plannedThen
                || _sounds.Changes != _soundsThen)
            {
                LookAtAll(now);
            }

            int wait = _broadcasts.Count == 0 ? Wait.Longest : (int)(_lookedAt + LookAgain - now);
            PlannedEntry best = null;
            PlannedEntry early = null;
            long horizon = long.MaxValue;
            for (int i = 0; i < _near.Count; i++)
            {
                PlannedEntry planned = (PlannedEntry)_near[i];
                if (!IsWaiting(planned, now))
                {
                    continue;
                }

                long start = _clock.ToLocal(planned.Entry.Start);
                int rate = SoundFormat.Rate(planned.Entry.Codec);
                long due = start - _speaker.Preparation(rate);
                if (_clock.Local < due)
                {
                    early = start < horizon ? planned : early;
                    horizon = start < horizon ? start : horizon;
                    long deep = _speaker.IsOpen ? due : start - _speaker.DeepPreparation(rate);
                    wait = Wait.Shorter(wait, Wait.Until(_clock.Local < deep ? deep : due, _clock.Local));
                    continue;
                }

                wait = Wait.Shorter(wait, Retry);
                planned.Blocked = WhyNot(planned);
                if (planned.Blocked == ReceiptReason.None && (best == null || ComesBefore(planned.Entry, best.Entry)))
                {
                    best = planned;
                }
            }

            _player.Expect(horizon);
            if (best != null)
            {
                Reserve(best);
            }
            else if (early != null && MayOpenEarly(early, horizon))
            {
                Reserve(early);
            }

            return wait;
        }

        /// <summary>
        /// Whether an idle output is opened long before the start of a stored sound, because a deep ring begins full of silence.
        /// </summary>
        private bool MayOpenEarly(PlannedEntry first, long start)
        {
            return !_speaker.IsOpen && _player.Next == null
                && _clock.Local >= start - _speaker.DeepPreparation(SoundFormat.Rate(first.Entry.Codec))
                && _sounds.IsStored(first.Entry) && WhyNot(first) == ReceiptReason.None;
        }

        /// <summary>
        /// Brings all records up to date and finds those that may be due before all are looked at again: to look at 64 entries
        /// each time would cost the device a third of what the sound does.
        /// </summary>
        private void LookAtAll(long now)
        {
            _lookedAt = now;
            _plannedThen = _broadcasts.Changes;
            _soundsThen = _sounds.Changes;
            _near.Clear();
            for (int i = 0; i < _broadcasts.Count; i++)
            {
                PlannedEntry planned = _broadcasts.At(i);
                IsWaiting(planned, now);
                if (!planned.IsClosed && planned.Entry.Start < now + LookAgain + Ahead)
                {
                    _near.Add(planned);
                }
            }
        }

        private static bool ComesBefore(PlanEntry one, PlanEntry other)
        {
            return one.Class > other.Class || (one.Class == other.Class && one.Start < other.Start);
        }

        /// <summary>Brings a broadcast's record up to date; true when it may still be given the output.</summary>
        private bool IsWaiting(PlannedEntry planned, long now)
        {
            if (planned.IsClosed || planned.IsWithheld)
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

            bool busy = _player.Current != null && _player.Current.Class >= entry.Class;
            if (busy || IsTaken(entry))
            {
                return ReceiptReason.Busy;
            }

            long position = (_clock.ToUnix(StartOf(entry)) - entry.Start) * SoundFormat.Rate(entry.Codec) / 1000;
            return _sounds.Look(entry, position);
        }

        /// <summary>Whether the output is given to what goes before: a higher class, or the same that starts no later.</summary>
        private bool IsTaken(PlanEntry entry)
        {
            Airing next = _player.Next;
            return next != null && (next.Class > entry.Class || (next.Class == entry.Class && next.StartsAt <= StartOf(entry)));
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
            else
            {
                // The output is given away seconds ahead, and the clock becomes better until then.
                next.Shift(moved);
            }
        }

        private long StartOf(PlanEntry entry)
        {
            long start = _clock.ToLocal(entry.Start);
            long earliest = _player.Earliest(SoundFormat.Rate(entry.Codec), entry.Class);
            return start > earliest ? start : earliest;
        }
    }
}
