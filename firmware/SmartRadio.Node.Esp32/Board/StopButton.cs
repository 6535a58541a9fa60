using System.Device.Gpio;

namespace SmartRadio.Node.Esp32.Board
{
    /// <summary>The button under the loudspeaker. It is looked at often enough to do without interrupts.</summary>
    public sealed class StopButton
    {
        private readonly GpioPin _pin = new GpioController().OpenPin(Pins.StopButton, PinMode.InputPullUp);
        private bool _down;

        /// <summary>True once for each time it goes down, however long it is held.</summary>
        public bool WasPressed()
        {
            bool before = _down;
            _down = _pin.Read() == PinValue.Low;
            return _down && !before;
        }
    }
}
