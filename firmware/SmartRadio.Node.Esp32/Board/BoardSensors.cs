using System.Device.Adc;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Esp32.Board
{
    /// <summary>Supply and temperature from the converter.</summary>
    public sealed class BoardSensors : ISensors
    {
        /// <summary>100 kΩ over 10 kΩ.</summary>
        private const int SupplyDivider = 11;

        /// <summary>TMP36: 500 mV at 0 °C, 10 mV a degree; so a millivolt is a tenth of a degree.</summary>
        private const int TemperatureOffset = 500;

        private readonly AdcScale _scale;
        private readonly int _largest;
        private readonly AdcChannel _supply;
        private readonly AdcChannel _temperature;

        /// <param name="scale">What the values mean.</param>
        public BoardSensors(AdcScale scale)
        {
            _scale = scale;
            AdcController converter = new AdcController();
            _largest = converter.MaxValue;
            _supply = converter.OpenChannel(Pins.SupplyChannel);
            _temperature = converter.OpenChannel(Pins.TemperatureChannel);
        }

        /// <summary>Not measured.</summary>
        public int Signal
        {
            get { return 0; }
        }

        public int Temperature
        {
            get { return Millivolts(_temperature) - TemperatureOffset; }
        }

        public int Supply
        {
            get { return Millivolts(_supply) * SupplyDivider; }
        }

        private int Millivolts(AdcChannel channel)
        {
            return _scale.Millivolts(channel.ReadValue(), _largest);
        }
    }
}
