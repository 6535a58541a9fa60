using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Playback
{
    /// <summary>The output and the arithmetic of its ring: which instant the next sample written will leave at.</summary>
    public sealed class Speaker
    {
        /// <summary>
        /// µs to close the output once the last sound is out, open it at another rate and come to its first sound.
        /// </summary>
        public const long ReopenTime = 600000;

        /// <summary>
        /// µs from opening the output to its first sound: the driver's ring begins full of silence, at most 496 ms of it.
        /// </summary>
        private const long OpeningTime = 500000;

        /// <summary>µs from switching the amplifier on to its being awake.</summary>
        private const long AmplifierLead = 300000;

        /// <summary>µs that a broadcast is given the output before its start: enough to open it and wake the amplifier.</summary>
        private const long OpeningPreparation = 900000;

        /// <summary>
        /// µs that a deep ring is opened before the silence in it must be out: threads may stand still for 3 s just then.
        /// </summary>
        private const long DeepMargin = 3400000;

        /// <summary>The same where the output runs at another rate and must first run out a ring that may be full.</summary>
        private const long ReopeningPreparation = 1150000;

        /// <summary>ms of silence behind a sound, more than the ring holds.</summary>
        private const int TailMargin = 4;

        private readonly IAudioOutput _output;
        private readonly NodeClock _clock;
        private readonly LineSense _line;
        private readonly SilentTail _tail = new SilentTail();
        private long _awakeAt;

        /// <param name="output">The hardware.</param>
        /// <param name="clock">The node's.</param>
        /// <param name="line">Listens along; null where the line is not measured.</param>
        public Speaker(IAudioOutput output, NodeClock clock, LineSense line)
        {
            _line = line;
            _output = output;
            _clock = clock;
        }

        /// <summary>Samples a second; 0 while closed.</summary>
        public int Rate { get; private set; }

        public bool IsOpen
        {
            get { return Rate != 0; }
        }

        /// <summary>Samples that the open output's ring holds.</summary>
        public int Capacity { get; private set; }

        /// <summary>True when the hardware failed the last attempt.</summary>
        public bool HasFailed { get; private set; }

        /// <summary>Samples on their way out.</summary>
        public int Queued
        {
            get { return IsOpen ? _output.Queued : 0; }
        }

        /// <summary>Samples that may still be on their way out, however the output's clock runs.</summary>
        public int QueuedAtMost
        {
            get { return IsOpen ? _output.QueuedAtMost : 0; }
        }

        /// <summary>Samples of which some may still be sound: 0 when surely nothing but silence is on its way out.</summary>
        public int Sounding
        {
            get { return _tail.Beyond(QueuedAtMost); }
        }

        /// <summary>
        /// Samples of silence that must follow what was written, or what the ring held before would be heard again.
        /// </summary>
        public int SilenceOwed
        {
            get { return IsOpen ? _tail.Owed : 0; }
        }

        /// <summary>The local µs at which the next sample written will leave.</summary>
        public long Head
        {
            get { return _clock.Local + (IsOpen ? Duration(_output.Queued) : 0); }
        }

        /// <summary>
        /// The earliest local µs at which a sound of this rate can start: the amplifier is awake by then, also when it was
        /// switched on just now for another sound.
        /// </summary>
        public long Earliest(int rate)
        {
            if (!IsOpen)
            {
                return _clock.Local + OpeningTime;
            }

            if (rate != Rate)
            {
                return _clock.Local + Duration(QueuedAtMost) + ReopenTime;
            }

            long head = Head;
            return head > _awakeAt ? head : _awakeAt;
        }

        /// <summary>µs before its start at which a sound of this rate is given the output.</summary>
        public long Preparation(int rate)
        {
            return IsOpen && rate != Rate ? ReopeningPreparation : OpeningPreparation;
        }

        /// <summary>µs before its start from which on a stored sound of this rate can have a deep ring.</summary>
        public long DeepPreparation(int rate)
        {
            return DeepOpening(rate) + DeepMargin;
        }

        /// <summary>The local µs at which a sound can start when the output is closed and opened anew for it.</summary>
        public long EarliestAnew(int rate)
        {
            return _clock.Local + (_output.Capacity(rate, false) * 1000000L / rate) + 4000;
        }

        /// <summary>Opens the output for a sound; false when the hardware fails.</summary>
        /// <param name="rate">Samples a second.</param>
        /// <param name="startsAt">Local µs of its first sample.</param>
        /// <param name="isStored">It can be written long before it is heard: the ring is deep if there is time.</param>
        public bool Open(int rate, long startsAt, bool isStored)
        {
            bool isDeep = isStored && startsAt - _clock.Local >= DeepOpening(rate);
            HasFailed = !_output.Open(rate, isDeep);
            Capacity = _output.Capacity(rate, isDeep);
            Rate = HasFailed ? 0 : rate;
            _tail.Forget();
            _awakeAt = _clock.Local + AmplifierLead;
            if (_line != null)
            {
                _line.Begin(_clock.Local);
            }

            return !HasFailed;
        }

        /// <summary>Looks at the line while the output is open; milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            return _line != null && IsOpen ? _line.Poll(_clock.Local) : Wait.Longest;
        }

        /// <summary>Announces the first sample of a broadcast and its instant in Unix milliseconds.</summary>
        public void Announce(long broadcast, long instant)
        {
            _output.Starting(broadcast, instant);
        }

        /// <summary>Writes sound; false when the hardware fails.</summary>
        public bool Write(byte[] pcm, int samples)
        {
            HasFailed = !_output.Write(pcm, samples);
            _tail.Follow(Capacity + Samples(TailMargin));
            if (_line != null)
            {
                _line.Played(pcm, samples);
            }

            return !HasFailed;
        }

        /// <summary>Writes what belongs to no broadcast; false when the hardware fails.</summary>
        public bool WriteSilence(int samples)
        {
            HasFailed = !_output.WriteSilence(samples);
            _tail.Grow(samples);
            if (_line != null)
            {
                _line.Silent(samples);
            }

            return !HasFailed;
        }

        public void Close()
        {
            _output.Close();
            Rate = 0;
        }

        /// <summary>µs from opening a deep ring to the first sound behind its silence.</summary>
        private long DeepOpening(int rate)
        {
            return (_output.Capacity(rate, true) * 1000000L / rate) + 50000;
        }

        /// <summary>Samples of so many milliseconds.</summary>
        public int Samples(int milliseconds)
        {
            return Rate * milliseconds / 1000;
        }

        /// <summary>Milliseconds until so many samples are out; at least 1.</summary>
        public int Lasting(int samples)
        {
            return samples <= 0 ? 1 : ((samples * 1000) + Rate - 1) / Rate;
        }

        /// <summary>µs that so many samples last.</summary>
        public long Duration(int samples)
        {
            return samples * 1000000L / Rate;
        }

        /// <summary>
        /// Samples from one local µs to another, to the nearest; <see cref="long.MaxValue"/> when the end is never.
        /// </summary>
        public long SamplesBetween(long from, long to)
        {
            return to == long.MaxValue ? long.MaxValue : (((to - from) * Rate) + 500000) / 1000000;
        }
    }
}
