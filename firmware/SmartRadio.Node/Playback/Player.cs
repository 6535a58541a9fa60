using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Playback
{
    /// <summary>
    /// Keeps the output's ring about half full, in slices of 20 ms, and fuller of silence before a start. One airing is current
    /// and one may be next; the change from one to the other, or from silence, falls on the very sample that leaves at the next
    /// one's instant.
    /// </summary>
    public sealed class Player
    {
        private const int SliceMilliseconds = 20;

        /// <summary>Samples a second, at most.</summary>
        private const int FastestRate = 16000;

        /// <summary>Half of the device's 480 ms ring.</summary>
        private const int TargetMilliseconds = 240;

        private const int RefillMilliseconds = 160;

        /// <summary>
        /// Silence before a start, more: whoever is held up then, by storage for one, has 320 ms and is still in time.
        /// </summary>
        private const int LeadTargetMilliseconds = 400;

        private const int LeadRefillMilliseconds = 320;

        /// <summary>Slices in one poll, so that decoding does not hold up the network.</summary>
        private const int MaxSlices = 4;

        private readonly Speaker _speaker;
        private readonly Playout _playout;

        public Player(Speaker speaker, NodeClock clock, PlayJournal journal, AirRules rules)
        {
            _speaker = speaker;
            _playout = new Playout(speaker, clock, journal, rules, FastestRate / 1000 * SliceMilliseconds);
        }

        /// <summary>What is being played, or null.</summary>
        public Airing Current
        {
            get { return _playout.Current; }
        }

        /// <summary>What comes next, or null.</summary>
        public Airing Next { get; private set; }

        /// <summary>The broadcast on air, or 0.</summary>
        public long OnAir
        {
            get { return Current == null ? 0 : Current.Record.Broadcast; }
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

            if (Current == null || (broadcast != 0 && OnAir != broadcast))
            {
                return;
            }

            if (Next == null && _playout.Endings.Count == 0)
            {
                // Nobody else needs the ring: what is in it must not sound for another quarter of a second.
                _playout.Cut(reason);
                _speaker.Close();
            }
            else
            {
                _playout.End(reason, _speaker.Head);
            }
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
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

            return 0;
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
                int refill = IsLeadingIn ? LeadRefillMilliseconds : RefillMilliseconds;
                wait = Lasting(_speaker.Queued - (_speaker.Rate * refill / 1000));
            }

            if (Current == null && !NextFollows)
            {
                wait = Wait.Shorter(wait, Lasting(Next == null ? _speaker.QueuedAtMost : _speaker.Sounding));
            }

            return wait;
        }

        /// <summary>Milliseconds until so many samples are out; at least 1.</summary>
        private int Lasting(int samples)
        {
            return samples <= 0 ? 1 : ((samples * 1000) + _speaker.Rate - 1) / _speaker.Rate;
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

            if (_speaker.Open(next.Sound.Rate))
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
            int target = IsLeadingIn ? LeadTargetMilliseconds : TargetMilliseconds;
            if (queued >= _speaker.Rate * target / 1000)
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

            long slice = _speaker.Rate * SliceMilliseconds / 1000;
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
            bool isLow = queued <= _speaker.Rate * RefillMilliseconds / 1000;
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
