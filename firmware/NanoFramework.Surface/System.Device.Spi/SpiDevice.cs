// Members as listed for System.Device.Spi 1.3.89 (nanoframework/System.Device.Spi). Declarations only: nothing here runs.
namespace System.Device.Spi
{
    public enum SpiMode
    {
        Mode0 = 0,
    }

    public sealed class SpiConnectionSettings
    {
        public SpiConnectionSettings(int busId, int chipSelectLine = -1) => throw null;

        public int ClockFrequency
        {
            get => throw null;
            set => throw null;
        }

        public SpiMode Mode
        {
            get => throw null;
            set => throw null;
        }
    }

    public class SpiDevice
    {
        internal SpiDevice() => throw null;

        public static SpiDevice Create(SpiConnectionSettings settings) => throw null;

        public void TransferFullDuplex(SpanByte writeBuffer, SpanByte readBuffer) => throw null;

        public void Write(SpanByte buffer) => throw null;
    }
}
