using SmartRadio.Node.Clock;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Playback
{
    /// <summary>
    /// Plays one airing after another into the speaker, slice by slice, and keeps the journal of what was handed to the output.
    /// </summary>
    public sealed class Playout
    {
        /// <summary>µs of sound after which progress is stored.</summary>
        private const long Checkpoint = 10000000;

        /// <summary>µs: instants on the wire are whole milliseconds.</summary>
        private const long InstantResolution = 1000;

        private readonly Speaker _speaker;
        private readonly NodeClock _clock;
        private readonly PlayJournal _journal;
        private readonly AirRules _rules;
        private readonly byte[] _pcm;
        private readonly PauseSense _pause = new PauseSense();
        private long _stored;
        private long _beganAt;
        private long _beganWith;

        /// <param name="speaker">Where the sound goes.</param>
        /// <param name="clock">The node's.</param>
        /// <param name="journal">Where it is accounted for.</param>
        /// <param name="rules">Count the minutes of the day.</param>
        /// <param name="mostSamples">Samples in one slice, at most.</param>
        public Playout(Speaker speaker, NodeClock clock, PlayJournal journal, AirRules rules, int mostSamples)
        {
            _speaker = speaker;
            _clock = clock;
            _journal = journal;
            _rules = rules;
            _pcm = new byte[mostSamples * 2];
            Endings = new Endings(journal, clock);
        }

        /// <summary>What is being played, or null.</summary>
        public Airing Current { get; private set; }

        /// <summary>What was played and is not yet out.</summary>
        public Endings Endings { get; }

        /// <summary>True while the sound written last is quiet.</summary>
        public bool IsInPause
        {
            get { return Current != null && _pause.Lasts(_speaker.Rate); }
        }

        /// <summary>Puts an airing on, in place of what was on, unless it is too late for it or already quiet.</summary>
        /// <param name="airing">What begins.</param>
        /// <param name="head">The local µs at which its first sample leaves.</param>
        public void Begin(Airing airing, long head)
        {
            if (Current != null)
            {
                End(ReceiptReason.Preempted, head);
            }

            if (head > airing.LatestStart + InstantResolution || head >= airing.CutAt)
            {
                return;
            }

            BroadcastRecord record = airing.Record;
            if (airing.FollowsClock)
            {
                record.Position = _speaker.SamplesBetween(airing.Origin, head);
                airing.Sound.Seek(record.Position);
            }

            // On the medium before the first sample: after a power cut it must not start again.
            record.State = BroadcastState.OnAir;
            record.SureSamples = record.Samples;
            long instant = _clock.ToUnix(head);
            _journal.Note(record.Broadcast, ReceiptStep.Started, ReceiptReason.None, instant, record.Samples);
            _journal.Save();
            _stored = head;
            _beganAt = head;
            _beganWith = record.Samples;
            _speaker.Announce(record.Broadcast, instant);
            _pause.Forget();
            Current = airing;
        }

        /// <summary>Plays the next samples of what is on, or ends it; false when the hardware fails.</summary>
        /// <param name="head">The local µs at which the first of them leaves.</param>
        /// <param name="most">At most so many; none when a higher class takes the output.</param>
        public bool Play(long head, long most)
        {
            long untilQuiet = _speaker.SamplesBetween(head, Current.CutAt);
            if (untilQuiet <= 0 || most <= 0)
            {
                End(untilQuiet <= 0 ? ReceiptReason.QuietHours : ReceiptReason.Preempted, head);
                return true;
            }

            long limit = Least(Least(most, untilQuiet), Current.Samples - Current.Record.Position);
            Current.Apply(_rules.VolumeAt(Current.Class, Current.Volume, _clock.ToUnix(head)));
            int count = limit <= 0 ? 0 : Current.Sound.Read(_pcm, (int)limit);
            if (count == 0)
            {
                End(limit <= 0 ? ReceiptReason.None : Current.Sound.Failure, head);
                return true;
            }

            bool isGap = Current.Sound.IsGap;
            if (!(isGap ? _speaker.WriteSilence(count) : _speaker.Write(_pcm, count)))
            {
                return false;
            }

            _pause.Listen(_pcm, count);
            Count(head, count, isGap);
            return true;
        }

        /// <param name="reason">None when it was played to its end.</param>
        /// <param name="at">Local µs at which its last sample leaves.</param>
        public void End(ReceiptReason reason, long at)
        {
            // A stream of which nothing came was not played, even when its time is over.
            bool silent = reason == ReceiptReason.None && Current.Record.Samples == 0;
            Endings.Add(Current, silent ? Current.Sound.Failure : reason, at, Current.Record.Samples - _beganWith);
            Current = null;
        }

        /// <summary>
        /// Ends what is on and what is not out before it, without the samples that are not out yet: the output is to be closed.
        /// </summary>
        public void Cut(ReceiptReason reason)
        {
            long now = _clock.Local;
            long unheard = Current == null ? 0 : Unheard;
            Endings.Cut(_speaker.Sounding - unheard, reason, now);
            if (Current != null)
            {
                Current.TakeBack(unheard);
                End(reason, now < _beganAt ? _beganAt : now);
            }
        }

        /// <summary>Whether a sound of this class may take what is written and not yet out.</summary>
        public bool MayCut(BroadcastClass soundClass)
        {
            return (Current == null || Current.Class < soundClass) && Endings.AreBelow(soundClass);
        }

        /// <summary>Samples of what is on that may not be out yet.</summary>
        private long Unheard
        {
            get { return Least(_speaker.Sounding, Current.Record.Samples - _beganWith); }
        }

        private void Count(long head, int count, bool isGap)
        {
            BroadcastRecord record = Current.Record;
            record.Position += count;
            if (!isGap)
            {
                record.Samples += count;
                _rules.Count(Current.Class, _clock.ToUnix(head), _speaker.Duration(count));
            }

            if (record.Position >= Current.Samples)
            {
                End(ReceiptReason.None, head + _speaker.Duration(count));
            }
            else if (head - _stored >= Checkpoint)
            {
                _stored = head;
                record.SureSamples = record.Samples - Unheard;
                _journal.Touch();
                _journal.Save();
            }
        }

        private static long Least(long one, long other)
        {
            return one < other ? one : other;
        }
    }
}
