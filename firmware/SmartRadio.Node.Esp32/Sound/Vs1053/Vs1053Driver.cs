using System;
using System.Device.Gpio;
using System.Threading;
using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Sound.Vs1053;

namespace SmartRadio.Node.Esp32.Sound.Vs1053
{
    /// <summary>The decoder chip, fed by a thread of its own, and the amplifier's supply.</summary>
    public sealed class Vs1053Driver : IAudioOutput
    {
        /// <summary>
        /// Milliseconds between feeds. Beside a busy thread it may become 25; at 16 kHz the chip's buffer lasts 64.
        /// </summary>
        private const int FeedEvery = 5;

        /// <summary>Milliseconds between looks while closed.</summary>
        private const int LongestRest = 60000;

        private readonly Vs1053Output _output;
        private readonly GpioPin _amplifier;
        private readonly object _gate = new object();
        private readonly AutoResetEvent _opened = new AutoResetEvent(false);
        private bool _isOpen;
        private bool _hasFailed;

        public Vs1053Driver(ILocalClock clock)
        {
            _amplifier = new GpioController().OpenPin(Pins.Amplifier, PinMode.Output);
            _amplifier.Write(PinValue.Low);
            _output = new Vs1053Output(new Vs1053Chip(new Vs1053Wires(), clock), clock);
            new Thread(Feed).Start();
        }

        public int Queued
        {
            get
            {
                lock (_gate)
                {
                    return _isOpen && !_hasFailed ? _output.Queued : 0;
                }
            }
        }

        /// <summary>The same: the chip plays nothing twice, and what it holds is known each time it is full.</summary>
        public int QueuedAtMost
        {
            get { return Queued; }
        }

        /// <summary>A thread feeds the chip and stands still with all others: a deep ring would help nobody.</summary>
        public int Capacity(int rate, bool isDeep)
        {
            return Vs1053Output.Capacity(rate);
        }

        public bool Open(int rate, bool isDeep)
        {
            lock (_gate)
            {
                try
                {
                    _hasFailed = !_output.Open(rate);
                }
                catch (Exception)
                {
                    _hasFailed = true;
                }

                _isOpen = !_hasFailed;
                _amplifier.Write(_isOpen ? PinValue.High : PinValue.Low);
            }

            _opened.Set();
            return _isOpen;
        }

        public void Starting(long broadcast, long instant)
        {
            // Receipts say it; the hardware need not know.
        }

        public bool Write(byte[] pcm, int samples)
        {
            lock (_gate)
            {
                return _isOpen && !_hasFailed && _output.Write(pcm, samples);
            }
        }

        public bool WriteSilence(int samples)
        {
            return Write(new byte[samples * 2], samples);
        }

        public void Close()
        {
            lock (_gate)
            {
                _isOpen = false;
                _amplifier.Write(PinValue.Low);
                try
                {
                    _output.Close();
                }
                catch (Exception)
                {
                    // The amplifier is off: it is silent.
                }
            }
        }

        private void Feed()
        {
            while (true)
            {
                if (!FeedOnce())
                {
                    _opened.WaitOne(LongestRest, false);
                }

                Thread.Sleep(FeedEvery);
            }
        }

        /// <summary>False while there is nothing to feed.</summary>
        private bool FeedOnce()
        {
            lock (_gate)
            {
                try
                {
                    if (_isOpen && !_hasFailed)
                    {
                        _output.Feed();
                    }
                }
                catch (Exception)
                {
                    // The next write says so.
                    _hasFailed = true;
                }

                return _isOpen;
            }
        }
    }
}
