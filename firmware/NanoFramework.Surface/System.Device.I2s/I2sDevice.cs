// Members as listed for System.Device.I2s 1.0.28 (nanoframework/System.Device.I2s). Declarations only: nothing here runs.
namespace System.Device.I2s
{
    public class I2sDevice : IDisposable
    {
        public I2sDevice(I2sConnectionSettings settings) => throw null;

        public void Dispose() => throw null;

        public void Write(SpanByte buffer) => throw null;
    }
}
