using System.Collections;
using SmartRadio.Wire;

namespace SmartRadio.Node
{
    /// <summary>
    /// Keeps the output's ring about half full, in slices of 20 ms. One airing is current and one may be next; the change from
    /// one to the other, or from silence, falls on the very sample that leaves at the next one's instant.
    /// </summary>
    public sealed class Player
    {
        private const int SliceMilliseconds = 20;

        /// <summary>Half of the device's 480 ms ring.</summary>
        private const int TargetMilliseconds = 240;

        private const int RefillMilliseconds = 160;

        /// <summary>Slices in one poll, so that decoding does not hold up the network.</summary>
        private const int MaxSlices = 4;

        /// <summary>µs from switching the amplifier on to its being awake.</summary>
        private const long AmplifierLead = 300000;

        /// <summary>µs to close the output and open it at another rate.</summary>
        private const long ReopenTime = 100000;

        /// <summary>µs of sound after which progress is stored.</summary>
        private const long Checkpoint = 10000000;

        /// <summary>Instants on the wire are whole milliseconds.</summary>
        private const long InstantResolution = 1000;

        private readonly IAudioOutput _output;
        private readonly NodeClock _clock;
        private readonly Book _book;
        private readonly AirRules _rules;
        private readonly ArrayList _endings = new ArrayList();
        private readonly byte[] _pcm = new byte[16000 / 1000 * SliceMilliseconds * 2];
        private int _rate;
        private long _stored;

        public Player(IAudioOutput output, NodeClock clock, Book book, AirRules rules)
        {
            _output = output;
            _clock = clock;
            _book = book;
            _rules = rules;
        }

        /// <summary>What is being played, or null.</summary>
        public Airing Current { get; private set; }

        /// <summary>What comes next, or null.</summary>
        public Airing Next { get; private set; }

        /// <summary>True when the hardware refused the last attempt.</summary>
        public bool HasFailed { get; private set; }

        /// <summary>The broadcast on air, or 0.</summary>
        public long OnAir
        {
            get { return Current == null ? 0 : Current.Record.Broadcast; }
        }

        private bool IsOpen
        {
            get { return _rate != 0; }
        }

        /// <summary>The earliest local µs at which a sound of this rate can start.</summary>
        public long Earliest(int rate)
        {
            long now = _clock.Local;
            if (!IsOpen)
            {
                return now + AmplifierLead;
            }

            return rate == _rate ? Head() : Head() + ReopenTime + AmplifierLead;
        }

        /// <summary>Gives the output to an airing from its instant on, whatever is on it then.</summary>
        public void Reserve(Airing airing)
        {
            Next = airing;
        }

        public void Unreserve()
        {
            Next = null;
        }

        /// <summary>True while a broadcast is next, current, or its last samples are still on their way out.</summary>
        public bool Holds(BroadcastRecord record)
        {
            for (int i = 0; i < _endings.Count; i++)
            {
                if (((Ending)_endings[i]).Airing.Record == record)
                {
                    return true;
                }
            }

            return (Current != null && Current.Record == record) || (Next != null && Next.Record == record);
        }

        /// <summary>Ends a broadcast that is current or next, or with 0 whatever is, and lets none of it resume.</summary>
        public void Stop(long broadcast, ReceiptReason reason)
        {
            for (int i = 0; i < _endings.Count; i++)
            {
                Airing ending = ((Ending)_endings[i]).Airing;
                ending.Resumes = ending.Resumes && broadcast != 0 && ending.Record.Broadcast != broadcast;
            }

            if (Next != null && (broadcast == 0 || Next.Record.Broadcast == broadcast))
            {
                Next = null;
            }

            if (broadcast == 0 || OnAir == broadcast)
            {
                Interrupt(reason);
            }
        }

        /// <summary>Ends the current airing; what the output already has is still heard, a quarter of a second at most.</summary>
        public void Interrupt(ReceiptReason reason)
        {
            if (Current != null)
            {
                End(reason, Head());
            }
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            Settle();
            if (!IsOpen && Next == null)
            {
                return Wait.Longest;
            }

            if (!IsReadyFor(Next))
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
            int queued = _output.Queued;
            if (Current == null && Next == null && queued == 0 && _endings.Count == 0)
            {
                Close();
                return Wait.Longest;
            }

            bool writes = Current != null || (Next != null && Next.Sound.Rate == _rate);
            int refill = writes ? _rate * RefillMilliseconds / 1000 : 0;
            return queued <= refill ? 1 : (((queued - refill) * 1000) + _rate - 1) / _rate;
        }

        /// <summary>Opens the output for the next airing, anew when it needs another rate and the ring has run out.</summary>
        private bool IsReadyFor(Airing next)
        {
            if (IsOpen && (next == null || next.Sound.Rate == _rate || Current != null || _output.Queued > 0))
            {
                return true;
            }

            if (IsOpen)
            {
                Close();
            }

            HasFailed = !_output.Open(next.Sound.Rate);
            if (HasFailed)
            {
                Next = null;
                return false;
            }

            _rate = next.Sound.Rate;
            return true;
        }

        /// <summary>Writes one slice; false when there is enough in the ring or nothing to write.</summary>
        private bool Fill()
        {
            if (!IsOpen || _output.Queued >= _rate * TargetMilliseconds / 1000)
            {
                return false;
            }

            long head = Head();
            bool sameRate = Next != null && Next.Sound.Rate == _rate;
            if (sameRate && SamplesBetween(head, Next.StartsAt) <= 0)
            {
                Begin(head);
            }

            int slice = _rate * SliceMilliseconds / 1000;
            if (Current != null)
            {
                Play(head, slice);
                return true;
            }

            if (!sameRate || Next == null)
            {
                return false;
            }

            long lead = SamplesBetween(head, Next.StartsAt);
            return Check(_output.WriteSilence(lead < slice ? (int)lead : slice));
        }

        private void Begin(long head)
        {
            if (Current != null)
            {
                End(ReceiptReason.Preempted, head);
            }

            Airing airing = Next;
            Next = null;
            if (head > airing.LatestStart + InstantResolution || head >= airing.CutAt)
            {
                return;
            }

            if (airing.FollowsClock)
            {
                airing.Record.Position = SamplesBetween(airing.Origin, head);
                airing.Sound.Seek(airing.Record.Position);
            }

            // On the medium before the first sample: after a power cut it must not start again.
            airing.Record.State = BroadcastState.OnAir;
            long instant = _clock.ToUnix(head);
            _book.Note(airing.Record.Broadcast, ReceiptStep.Started, ReceiptReason.None, instant, airing.Record.Samples);
            _book.Save();
            _stored = head;
            _output.Starting(airing.Record.Broadcast, instant);
            Current = airing;
        }

        private void Play(long head, int slice)
        {
            BroadcastRecord record = Current.Record;
            long limit = Shorter(slice, SamplesBetween(head, Current.CutAt));
            if (limit <= 0)
            {
                End(ReceiptReason.QuietHours, head);
                return;
            }

            if (Next != null)
            {
                bool sameRate = Next.Sound.Rate == _rate;
                limit = Shorter(limit, SamplesBetween(head, sameRate ? Next.StartsAt : Next.StartsAt - ReopenTime));
                if (limit <= 0)
                {
                    End(ReceiptReason.Preempted, head);
                    return;
                }
            }

            limit = Shorter(limit, Current.Samples - record.Position);
            int count = limit <= 0 ? 0 : Current.Sound.Read(_pcm, (int)limit);
            if (count == 0)
            {
                End(limit <= 0 ? ReceiptReason.None : Current.Sound.Failure, head);
                return;
            }

            bool isGap = Current.Sound.IsGap;
            if (Check(isGap ? _output.WriteSilence(count) : _output.Write(_pcm, count)))
            {
                Count(head, count, isGap);
            }
        }

        private void Count(long head, int count, bool isGap)
        {
            BroadcastRecord record = Current.Record;
            record.Position += count;
            if (!isGap)
            {
                record.Samples += count;
                _rules.Count(Current.Class, _clock.ToUnix(head), count * 1000000L / _rate);
            }

            if (record.Position >= Current.Samples)
            {
                End(ReceiptReason.None, head + (count * 1000000L / _rate));
            }
            else if (head - _stored >= Checkpoint)
            {
                _stored = head;
                _book.Touch();
                _book.Save();
            }
        }

        /// <summary>Ends everything when the hardware fails.</summary>
        private bool Check(bool written)
        {
            if (!written)
            {
                HasFailed = true;
                Interrupt(ReceiptReason.OutputFailed);
                Close();
            }

            return written;
        }

        private void End(ReceiptReason reason, long at)
        {
            _endings.Add(new Ending(Current, reason, at));
            Current = null;
        }

        /// <summary>Tells of endings whose last sample has left.</summary>
        private void Settle()
        {
            while (_endings.Count > 0 && (!IsOpen || _clock.Local >= ((Ending)_endings[0]).At))
            {
                ((Ending)_endings[0]).Note(_book, _clock);
                _endings.RemoveAt(0);
            }
        }

        private void Close()
        {
            _output.Close();
            _rate = 0;
        }

        /// <summary>The local µs at which the next sample written will leave.</summary>
        private long Head()
        {
            return _clock.Local + (IsOpen ? _output.Queued * 1000000L / _rate : 0);
        }

        /// <summary>Samples from one local µs to another, to the nearest.</summary>
        private long SamplesBetween(long from, long to)
        {
            return to == long.MaxValue ? long.MaxValue : (((to - from) * _rate) + 500000) / 1000000;
        }

        private static long Shorter(long one, long other)
        {
            return one < other ? one : other;
        }
    }
}
