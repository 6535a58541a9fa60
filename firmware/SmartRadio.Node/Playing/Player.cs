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

        /// <summary>µs of sound after which progress is stored.</summary>
        private const long Checkpoint = 10000000;

        /// <summary>µs: instants on the wire are whole milliseconds.</summary>
        private const long InstantResolution = 1000;

        private readonly Speaker _speaker;
        private readonly NodeClock _clock;
        private readonly Book _book;
        private readonly AirRules _rules;
        private readonly Endings _endings;
        private readonly byte[] _pcm = new byte[16000 / 1000 * SliceMilliseconds * 2];
        private readonly SilentTail _tail = new SilentTail();
        private long _stored;

        public Player(Speaker speaker, NodeClock clock, Book book, AirRules rules)
        {
            _speaker = speaker;
            _clock = clock;
            _book = book;
            _rules = rules;
            _endings = new Endings(book, clock);
        }

        /// <summary>What is being played, or null.</summary>
        public Airing Current { get; private set; }

        /// <summary>What comes next, or null.</summary>
        public Airing Next { get; private set; }

        /// <summary>The broadcast on air, or 0.</summary>
        public long OnAir
        {
            get { return Current == null ? 0 : Current.Record.Broadcast; }
        }

        /// <summary>Gives the output to an airing from its instant on, whatever is on it then; null takes it back.</summary>
        public void Reserve(Airing airing)
        {
            Next = airing;
        }

        /// <summary>True while a broadcast is next, current, or its last samples are still on their way out.</summary>
        public bool Holds(BroadcastRecord record)
        {
            return (Current != null && Current.Record == record) || (Next != null && Next.Record == record) || _endings.Holds(record);
        }

        /// <summary>Ends a broadcast that is current or next, or with 0 whatever is, and lets none of it resume.</summary>
        public void Stop(long broadcast, ReceiptReason reason)
        {
            _endings.Forbid(broadcast);
            if (Next != null && (broadcast == 0 || Next.Record.Broadcast == broadcast))
            {
                Next = null;
            }

            if (Current != null && (broadcast == 0 || OnAir == broadcast))
            {
                End(reason, _speaker.Head);
            }
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            _endings.Settle(!_speaker.IsOpen);
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
            int queued = _speaker.Queued;
            if (Current == null && Next == null && queued == 0 && _endings.Count == 0)
            {
                if (_speaker.IsOpen)
                {
                    _speaker.Close();
                }

                return Wait.Longest;
            }

            bool leads = Next != null && Next.Sound.Rate == _speaker.Rate;
            int refill = Current != null || leads || (_tail.Samples > 0 && Next == null) ? _speaker.Rate * RefillMilliseconds / 1000 : 0;
            return queued <= refill ? 1 : (((queued - refill) * 1000) + _speaker.Rate - 1) / _speaker.Rate;
        }

        /// <summary>Opens the output for the next airing, anew when it needs another rate and the ring has run out.</summary>
        private bool IsReadyFor(Airing next)
        {
            if (_speaker.IsOpen)
            {
                if (next == null || next.Sound.Rate == _speaker.Rate || Current != null || _speaker.Queued > 0)
                {
                    return true;
                }

                _speaker.Close();
            }

            _tail.Forget();
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
            if (queued >= _speaker.Rate * TargetMilliseconds / 1000)
            {
                return false;
            }

            long head = _speaker.Head;
            bool sameRate = Next != null && Next.Sound.Rate == _speaker.Rate;
            if (sameRate && _speaker.SamplesBetween(head, Next.StartsAt) <= 0)
            {
                Begin(head);
            }

            int slice = _speaker.Rate * SliceMilliseconds / 1000;
            if (Current != null)
            {
                Play(head, slice);
                return true;
            }

            if (!sameRate || Next == null)
            {
                return Next == null && queued <= _speaker.Rate * RefillMilliseconds / 1000 && _tail.Samples > 0 && CloseUnless(_speaker.WriteSilence(_tail.Take(slice)));
            }

            long lead = Shorter(slice, _speaker.SamplesBetween(head, Next.StartsAt));
            return CloseUnless(_speaker.WriteSilence((int)lead));
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

            BroadcastRecord record = airing.Record;
            if (airing.FollowsClock)
            {
                record.Position = _speaker.SamplesBetween(airing.Origin, head);
                airing.Sound.Seek(record.Position);
            }

            // On the medium before the first sample: after a power cut it must not start again.
            record.State = BroadcastState.OnAir;
            long instant = _clock.ToUnix(head);
            _book.Note(record.Broadcast, ReceiptStep.Started, ReceiptReason.None, instant, record.Samples);
            _book.Save();
            _stored = head;
            _speaker.Announce(record.Broadcast, instant);
            Current = airing;
        }

        private void Play(long head, int slice)
        {
            long limit = Shorter(slice, _speaker.SamplesBetween(head, Current.CutAt));
            if (limit <= 0)
            {
                End(ReceiptReason.QuietHours, head);
                return;
            }

            if (Next != null)
            {
                long until = Next.Sound.Rate == _speaker.Rate ? Next.StartsAt : Next.StartsAt - Speaker.ReopenTime;
                limit = Shorter(limit, _speaker.SamplesBetween(head, until));
                if (limit <= 0)
                {
                    End(ReceiptReason.Preempted, head);
                    return;
                }
            }

            limit = Shorter(limit, Current.Samples - Current.Record.Position);
            int count = limit <= 0 ? 0 : Current.Sound.Read(_pcm, (int)limit);
            if (count == 0)
            {
                End(limit <= 0 ? ReceiptReason.None : Current.Sound.Failure, head);
                return;
            }

            bool isGap = Current.Sound.IsGap;
            _tail.Follow(_speaker.Rate);
            if (CloseUnless(isGap ? _speaker.WriteSilence(count) : _speaker.Write(_pcm, count)))
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
                _rules.Count(Current.Class, _clock.ToUnix(head), _speaker.Duration(count));
            }

            if (record.Position >= Current.Samples)
            {
                End(ReceiptReason.None, head + _speaker.Duration(count));
            }
            else if (head - _stored >= Checkpoint)
            {
                _stored = head;
                _book.Touch();
                _book.Save();
            }
        }

        /// <summary>Ends everything when the hardware fails.</summary>
        private bool CloseUnless(bool written)
        {
            if (!written)
            {
                Stop(0, ReceiptReason.OutputFailed);
                _tail.Forget();
                _speaker.Close();
            }

            return written;
        }

        private void End(ReceiptReason reason, long at)
        {
            // A stream of which nothing came was not played, even when its time is over.
            bool silent = reason == ReceiptReason.None && Current.Record.Samples == 0;
            _endings.Add(Current, silent ? Current.Sound.Failure : reason, at);
            Current = null;
        }

        private static long Shorter(long one, long other)
        {
            return one < other ? one : other;
        }
    }
}
