using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Playback
{
    /// <summary>
    /// Keeps the output's ring as full as <see cref="RingTarget"/> says, in slices of 20 ms. One airing is current
    /// and one may be next; the change from one to the other, or from silence, falls on the very sample that leaves at the next
    /// one's instant.
    /// </summary>
    public sealed class Player
    {
        private const int SliceMilliseconds = 20;

        /// <summary>Samples a second, at most.</summary>
        private const int FastestRate = 16000;

        /// <summary>ms between polls while a deep ring fills up: that must not take the processor.</summary>
        private const int DeepPause = 5;

        /// <summary>Slices in one poll, so that decoding does not hold up the network.</summary>
        private const int MaxSlices = 4;

        private readonly Speaker _speaker;
        private readonly Playout _playout;
        private readonly RingTarget _target;
        private readonly RingCut _cut;

        public Player(Speaker speaker, NodeClock clock, PlayJournal journal, AirRules rules)
        {
            _speaker = speaker;
            _target = new RingTarget(speaker, clock);
            _playout = new Playout(speaker, clock, journal, rules, FastestRate / 1000 * SliceMilliseconds);
            _cut = new RingCut(speaker, _playout);
        }

        /// <summary>What is being played, or null.</summary>
        public Airing Current
        {
            get { return _playout.Current; }
        }

        /// <summary>What comes next, or null.</summary>
        public Airing Next { get; private set; }

        /// <summary>What is being played, or is not out yet; null in silence.</summary>
        public Airing Heard
        {
            get { return Current == null ? _playout.Endings.Last : Current; }
        }

        /// <summary>The broadcast on air, or 0.</summary>
        public long OnAir
        {
            get { return Heard == null ? 0 : Heard.Record.Broadcast; }
        }

        /// <summary>Whether some of what was played may still be on its way out, or the silence that must follow it.</summary>
        public bool IsSounding
        {
            get { return _playout.Endings.Count > 0 || _speaker.Sounding > 0 || _speaker.SilenceOwed > 0; }
        }

        /// <summary>
        /// Whether what was written last is a pause, and the ring before it as full as it gets: if it then runs dry, it does so
        /// in the pause.
        /// </summary>
        public bool IsInPause
        {
            get { return _playout.IsInPause && _speaker.Queued >= _speaker.Samples(TargetNow - RingTarget.Band); }
        }

        /// <summary>Whether what comes next can follow without opening the output anew.</summary>
        private bool NextFollows
        {
            get { return Next != null && Next.Sound.Rate == _speaker.Rate; }
        }

        /// <summary>Whether there is silence until the start of what comes next.</summary>
        private bool IsLeadingIn
        {
            get { return Current == null && NextFollows; }
        }

        /// <summary>ms of sound that the ring is to hold.</summary>
        private int TargetNow
        {
            get { return _target.For(Current, Next != null || _playout.Endings.Count > 0, IsLeadingIn); }
        }

        /// <summary>The earliest local µs at which a sound of this rate and class can start.</summary>
        public long Earliest(int rate, BroadcastClass soundClass)
        {
            return _cut.Earliest(rate, soundClass);
        }

        /// <summary>Notes the local µs of the next start in the plan; <see cref="long.MaxValue"/> when there is none.</summary>
        public void Expect(long start)
        {
            _target.Horizon = start;
        }

        /// <summary>Gives the output to an airing from its instant on, whatever is on it then; null takes it back.</summary>
        public void Reserve(Airing airing)
        {
            Next = airing;
        }

        /// <summary>True while a broadcast is next, current, or its last samples are still on their way out.</summary>
        public bool Holds(BroadcastRecord record)
        {
            return (Current != null && Current.Record == record) || (Next != null && Next.Record == record)
                || _playout.Endings.Holds(record);
        }

        /// <summary>Ends a broadcast that is current or next, or with 0 whatever is, and lets none of it resume.</summary>
        public void Stop(long broadcast, ReceiptReason reason)
        {
            _playout.Endings.Forbid(broadcast);
            if (Next != null && (broadcast == 0 || Next.Record.Broadcast == broadcast))
            {
                Next = null;
            }

            bool isOnAir = Current != null && (broadcast == 0 || OnAir == broadcast);
            bool isLeaving = Current == null && _playout.Endings.Include(broadcast)
                && _speaker.Sounding > _speaker.Samples(RingTarget.Usual);
            if (isLeaving || (isOnAir && Next == null && _playout.Endings.Count == 0))
            {
                // Nobody else needs the ring: what is in it must not sound on, and of a deep one that is seconds.
                _playout.Cut(reason);
                _speaker.Close();
            }
            else if (isOnAir)
            {
                _playout.End(reason, _speaker.Head);
            }
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            bool isForbidden = _cut.IsForbidden(Current);
            if (isForbidden || _cut.IsDue(Next))
            {
                _playout.Cut(isForbidden ? ReceiptReason.QuietHours : ReceiptReason.Preempted);
                _speaker.Close();
            }

            _playout.Endings.Settle(!_speaker.IsOpen);
            if ((!_speaker.IsOpen && Next == null) || !IsReadyFor(Next))
            {
                return Wait.Longest;
            }

            for (int i = 0; i < MaxSlices; i++)
            {
                if (!Fill())
                {
                    return Rest();
                }
            }

            return Current != null && _speaker.Queued > _speaker.Samples(RingTarget.Usual) ? DeepPause : 0;
        }

        private int Rest()
        {
            if (Current == null && Next == null && _speaker.QueuedAtMost == 0 && _playout.Endings.Count == 0)
            {
                if (_speaker.IsOpen)
                {
                    _speaker.Close();
                }

                return Wait.Longest;
            }

            int wait = Wait.Longest;
            if (Current != null || NextFollows || _speaker.SilenceOwed > 0)
            {
                wait = _speaker.Lasting(_speaker.Queued - _speaker.Samples(TargetNow - RingTarget.Band));
            }

            if (Current == null && !NextFollows)
            {
                wait = Wait.Shorter(wait, _speaker.Lasting(Next == null ? _speaker.QueuedAtMost : _speaker.Sounding));
            }

            return wait;
        }

        /// <summary>
        /// Opens the output for the next airing, anew when it needs another rate and only silence is left in the ring.
        /// </summary>
        private bool IsReadyFor(Airing next)
        {
            if (_speaker.IsOpen)
            {
                if (next == null || NextFollows || Current != null || _speaker.Sounding > 0)
                {
                    return true;
                }

                _speaker.Close();
            }

            if (_speaker.Open(next.Sound.Rate, next.StartsAt, !next.FollowsClock))
            {
                return true;
            }

            Next = null;
            return false;
        }

        /// <summary>Writes one slice; false when there is enough in the ring or nothing to write.</summary>
        private bool Fill()
        {
            int queued = _speaker.Queued;
            if (queued >= _speaker.Samples(TargetNow))
            {
                return false;
            }

            long head = _speaker.Head;
            if (NextFollows && _speaker.SamplesBetween(head, Next.StartsAt) <= 0)
            {
                Airing airing = Next;
                Next = null;
                _playout.Begin(airing, head);
            }

            long slice = _speaker.Samples(SliceMilliseconds);
            if (Current != null)
            {
                Play(head, slice);
                return true;
            }

            if (NextFollows)
            {
                return Silence(slice, _speaker.SamplesBetween(head, Next.StartsAt));
            }

            // Written when the ring is low, so that what comes next may still follow without a gap.
            bool isLow = queued <= _speaker.Samples(RingTarget.Usual - RingTarget.Band);
            return isLow && _speaker.SilenceOwed > 0 && Silence(slice, _speaker.SilenceOwed);
        }

        private void Play(long head, long slice)
        {
            if (Next != null)
            {
                long until = NextFollows ? Next.StartsAt
                    : Next.StartsAt - Speaker.ReopenTime - _speaker.Duration(_speaker.QueuedAtMost - _speaker.Queued);
                long left = _speaker.SamplesBetween(head, until);
                slice = slice < left ? slice : left;
            }

            if (!_playout.Play(head, slice))
            {
                Fail();
            }
        }

        /// <summary>Writes the shorter of two lengths of silence; false when the hardware fails.</summary>
        private bool Silence(long one, long other)
        {
            bool written = _speaker.WriteSilence((int)(one < other ? one : other));
            if (!written)
            {
                Fail();
            }

            return written;
        }

        /// <summary>Ends everything: the hardware failed.</summary>
        private void Fail()
        {
            Stop(0, ReceiptReason.OutputFailed);
            if (_speaker.IsOpen)
            {
                _speaker.Close();
            }
        }
    }
}
