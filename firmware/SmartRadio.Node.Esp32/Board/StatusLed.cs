using System.Device.Gpio;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Esp32.Board
{
    /// <summary>The status light. It is written only when it changes: each write is a native call.</summary>
    public sealed class StatusLed
    {
        private readonly GpioPin _pin = new GpioController().OpenPin(Pins.StatusLed, PinMode.Output);
        private readonly StatusLight _light = new StatusLight();
        private bool _isLit;

        /// <param name="condition">What to show.</param>
        /// <param name="now">µs of the node's own clock.</param>
        public void Show(NodeCondition condition, long now)
        {
            bool isLit = _light.IsLit(condition, now);
            if (isLit != _isLit)
            {
                _isLit = isLit;
                _pin.Write(isLit ? PinValue.High : PinValue.Low);
            }
        }
    }
}
