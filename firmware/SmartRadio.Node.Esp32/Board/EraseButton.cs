using System.Device.Gpio;

namespace SmartRadio.Node.Esp32.Board
{
    /// <summary>The button that erases the device when it is held at power-up.</summary>
    public sealed class EraseButton
    {
        private readonly GpioPin _pin = new GpioController().OpenPin(Pins.EraseButton, PinMode.InputPullUp);

        public bool IsDown
        {
            get { return _pin.Read() == PinValue.Low; }
        }
    }
}
