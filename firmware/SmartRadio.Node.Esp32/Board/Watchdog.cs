using System.Device.Gpio;

namespace SmartRadio.Node.Esp32.Board
{
    /// <summary>
    /// An external watchdog chip resets the device when nobody serves it for about a minute: the ESP32's own is off.
    /// </summary>
    public sealed class Watchdog
    {
        private readonly GpioPin _pin = new GpioController().OpenPin(Pins.Watchdog, PinMode.Output);

        public void Serve()
        {
            _pin.Toggle();
        }
    }
}
