using System;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Sound.Vs1053
{
    /// <summary>
    /// The chip as an output: a ring here, the chip's own buffer behind it. Passive: <see cref="Feed"/> moves sound from one to
    /// the other and must be called every few milliseconds. How much the chip holds cannot be asked. It is told from the clock at
    /// first; what it then was when the chip was first full is what it is each time the chip is full, whichever way its crystal
    /// drifts.
    /// </summary>
    public sealed class Vs1053Output
    {
        /// <summary>Milliseconds of sound in the ring.</summary>
        private const int RingMilliseconds = 500;

        /// <summary>µs without a byte taken after which the chip counts as broken.</summary>
        private const long Patience = 1000000;

        /// <summary>Bytes in one <see cref="Feed"/>: the chip's whole stream buffer.</summary>
        private const int MostAtOnce = 2048;

        private readonly Vs1053Chip _chip;
        private readonly ILocalClock _clock;
        private byte[] _ring;
        private int _rate;
        private int _tail;
        private int _waiting;
        private long _fed;
        private long _fedSince;
        private long _movedAt;
        private long _full;

        public Vs1053Output(Vs1053Chip chip, ILocalClock clock)
        {
            _chip = chip;
            _clock = clock;
        }

        /// <summary>
        /// Samples written and not yet out; 0 when the chip takes none any more, so that the next write can say so.
        /// </summary>
        public int Queued
        {
            get { return IsStuck(_clock.Microseconds) ? 0 : (_waiting / 2) + (int)Held(_clock.Microseconds); }
        }

        /// <summary>Samples that the ring holds at a rate.</summary>
        public static int Capacity(int rate)
        {
            return rate / 1000 * RingMilliseconds;
        }

        /// <summary>False when the chip is not there.</summary>
        public bool Open(int rate)
        {
            _rate = rate;
            _ring = new byte[rate / 1000 * RingMilliseconds * 2];
            _tail = 0;
            _waiting = 0;
            _fed = 0;
            _full = 0;
            _movedAt = _clock.Microseconds;
            _fedSince = _movedAt;
            return _chip.Start(rate);
        }

        /// <summary>False when the chip has stopped taking sound.</summary>
        public bool Write(byte[] pcm, int samples)
        {
            int bytes = samples * 2;
            if (IsStuck(_clock.Microseconds) || bytes > _ring.Length - _waiting)
            {
                return false;
            }

            if (_waiting == 0)
            {
                _movedAt = _clock.Microseconds;
            }

            int head = (_tail + _waiting) % _ring.Length;
            int first = _ring.Length - head < bytes ? _ring.Length - head : bytes;
            Array.Copy(pcm, 0, _ring, head, first);
            Array.Copy(pcm, first, _ring, 0, bytes - first);
            _waiting += bytes;
            return true;
        }

        /// <summary>Gives the chip what it will take.</summary>
        public void Feed()
        {
            int sent = 0;
            while (_waiting > 0 && sent < MostAtOnce && _chip.IsReady)
            {
                int rest = _ring.Length - _tail;
                int count = rest < Vs1053Registers.DataBurst ? rest : Vs1053Registers.DataBurst;
                count = count < _waiting ? count : _waiting;
                _chip.Send(_ring, _tail, count);
                _tail = (_tail + count) % _ring.Length;
                _waiting -= count;
                sent += count;
            }

            Account(sent / 2, _waiting > 0 && sent < MostAtOnce);
        }

        public void Close()
        {
            _waiting = 0;
            _fed = 0;
            _chip.Stop();
        }

        private void Account(int samples, bool isFull)
        {
            long now = _clock.Microseconds;
            if (samples > 0)
            {
                _movedAt = now;
                if (Held(now) == 0)
                {
                    _fed = 0;
                    _fedSince = now;
                }

                _fed += samples;
            }

            if (!isFull || samples == 0)
            {
                return;
            }

            if (_full == 0)
            {
                _full = Held(now);
            }
            else
            {
                _fed = _full;
                _fedSince = now;
            }
        }

        /// <summary>Samples in the chip.</summary>
        private long Held(long now)
        {
            long held = _fed - ((now - _fedSince) * _rate / 1000000);
            return held < 0 ? 0 : held;
        }

        private bool IsStuck(long now)
        {
            return _waiting > 0 && now - _movedAt > Patience;
        }
    }
}
