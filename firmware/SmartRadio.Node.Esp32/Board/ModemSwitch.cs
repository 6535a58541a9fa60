using System.Device.Gpio;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Esp32.Board
{
    /// <summary>
    /// The relay in the supply of a 4G router: closed (low) lets it run, so a device without power to this pin does too.
    /// </summary>
    public sealed class ModemSwitch
    {
        private readonly GpioPin _pin = new GpioController().OpenPin(Pins.ModemOff, PinMode.Output);
        private readonly ModemPower _power;
        private bool _isOn = true;

        public ModemSwitch(long now)
        {
            _power = new ModemPower(now);
            _pin.Write(PinValue.Low);
        }

        /// <summary>Called by the main loop.</summary>
        public void Look(bool isConnected, long now)
        {
            bool isOn = _power.IsOn(isConnected, now);
            if (isOn != _isOn)
            {
                _isOn = isOn;
                _pin.Write(isOn ? PinValue.Low : PinValue.High);
            }
        }
    }
}
