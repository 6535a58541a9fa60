using System.Device.Adc;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Esp32.Board
{
    /// <summary>The loudspeaker line behind a divider, on a bias of half the converter's range (README.md).</summary>
    public sealed class LineSensor : ILineSensor
    {
        private readonly AdcChannel _channel;
        private readonly AdcScale _scale;
        private readonly int _largest;

        /// <param name="fullScale">mV RMS at the sensor for a sound of full-scale RMS, as measured when it was installed.</param>
        /// <param name="scale">What the converter's values mean.</param>
        public LineSensor(int fullScale, AdcScale scale)
        {
            _scale = scale;
            AdcController converter = new AdcController();
            _largest = converter.MaxValue;
            _channel = converter.OpenChannel(Pins.LineChannel);
            FullScale = fullScale;
        }

        public int Millivolts
        {
            get { return _scale.Millivolts(_channel.ReadValue(), _largest); }
        }

        public int FullScale { get; }
    }
}
