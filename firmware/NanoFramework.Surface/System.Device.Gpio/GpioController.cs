// Members as listed for System.Device.Gpio 1.1.62 (nanoframework/System.Device.Gpio). Declarations only: nothing here runs.
namespace System.Device.Gpio
{
    public enum PinMode
    {
        Input = 0,
        InputPullUp = 2,
        Output = 3,
    }

    public struct PinValue
    {
        public static PinValue High => throw null;

        public static PinValue Low => throw null;

        public static bool operator ==(PinValue a, PinValue b) => throw null;

        public static bool operator !=(PinValue a, PinValue b) => throw null;
    }

    public sealed class GpioController
    {
        public GpioController() => throw null;

        public GpioPin OpenPin(int pinNumber, PinMode mode) => throw null;
    }

    public sealed class GpioPin
    {
        internal GpioPin() => throw null;

        public PinValue Read() => throw null;

        public void Toggle() => throw null;

        public void Write(PinValue value) => throw null;
    }
}
