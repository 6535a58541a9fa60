using System;
using System.Device.Gpio;
using System.Device.I2s;
using nanoFramework.Hardware.Esp32;
using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Sound;

namespace SmartRadio.Node.Esp32.Sound.I2s
{
    /// <summary>
    /// An I2S converter such as PCM5102 or MAX98357A, and the amplifier's supply. The driver cannot be asked how full its ring
    /// is, and while the ring is full a write stops every thread: so what is out by now is told from the clock.
    /// </summary>
    public sealed class I2sOutput : IAudioOutput
    {
        private const int Bus = 1;

        /// <summary>Milliseconds of silence in one write.</summary>
        private const int Slice = 20;

        private readonly ILocalClock _clock;
        private readonly GpioPin _amplifier;
        private I2sDevice _device;
        private byte[] _silence;
        private int _rate;
        private bool _isDeep;
        private RingPace _pace;

        public I2sOutput(ILocalClock clock)
        {
            _clock = clock;
            _amplifier = new GpioController().OpenPin(Pins.Amplifier, PinMode.Output);
            _amplifier.Write(PinValue.Low);
            Configuration.SetPinFunction(Pins.I2sClock, DeviceFunction.I2S1_BCK);
            Configuration.SetPinFunction(Pins.I2sWordSelect, DeviceFunction.I2S1_WS);
            Configuration.SetPinFunction(Pins.I2sData, DeviceFunction.I2S1_DATA_OUT);
        }

        public int Queued
        {
            get
            {
                return _device == null ? 0 : _pace.Queued(_clock.Microseconds);
            }
        }

        public int QueuedAtMost
        {
            get
            {
                return _device == null ? 0 : _pace.QueuedAtMost(_clock.Microseconds);
            }
        }

        public int Capacity(int rate, bool isDeep)
        {
            return RingSize.Samples(rate, isDeep);
        }

        public bool Open(int rate, bool isDeep)
        {
            if (_device != null && _rate == rate && _isDeep == isDeep)
            {
                // The driver stayed, and plays silence since its ring ran out. To install it takes memory that may be in
                // pieces later.
                _amplifier.Write(PinValue.High);
                return true;
            }

            // A second device on the bus would keep the first one's rate.
            Uninstall();
            try
            {
                I2sConnectionSettings settings = new I2sConnectionSettings(Bus);
                settings.Mode = I2sMode.Master | I2sMode.Tx;
                settings.CommunicationFormat = I2sCommunicationFormat.I2S;
                settings.ChannelFormat = I2sChannelFormat.OnlyLeft;
                settings.BitsPerSample = I2sBitsPerSample.Bit16;
                settings.SampleRate = rate;
                settings.BufferSize = RingSize.Bytes(rate, isDeep);
                _device = new I2sDevice(settings);
            }
            catch (Exception)
            {
                return false;
            }

            _rate = rate;
            _isDeep = isDeep;
            _pace = new RingPace(rate, RingSize.Bytes(rate, isDeep), _clock.Microseconds);
            _silence = new byte[rate * Slice / 1000 * 2];
            _amplifier.Write(PinValue.High);
            return true;
        }

        public void Starting(long broadcast, long instant)
        {
            // Receipts say it; the hardware need not know.
        }

        public bool Write(byte[] pcm, int samples)
        {
            try
            {
                long began = _clock.Microseconds;
                _device.Write(new SpanByte(pcm, 0, samples * 2));
                _pace.Wrote(samples, began, _clock.Microseconds);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        public bool WriteSilence(int samples)
        {
            int slice = _silence.Length / 2;
            while (samples > 0)
            {
                int count = samples < slice ? samples : slice;
                if (!Write(_silence, count))
                {
                    return false;
                }

                samples -= count;
            }

            return true;
        }

        public void Close()
        {
            _amplifier.Write(PinValue.Low);
            if (QueuedAtMost > 0)
            {
                // What is still in the ring must not be heard when the output is opened again.
                Uninstall();
            }
        }

        private void Uninstall()
        {
            if (_device != null)
            {
                _device.Dispose();
                _device = null;
            }
        }
    }
}
