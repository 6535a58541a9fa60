// Members as listed for System.Device.I2s 1.0.28 (nanoframework/System.Device.I2s). Declarations only: nothing here runs.
namespace System.Device.I2s
{
    public enum I2sMode
    {
        Master = 1,
        Tx = 4,
    }

    public enum I2sBitsPerSample
    {
        Bit16 = 16,
    }

    public enum I2sChannelFormat
    {
        OnlyLeft = 4,
    }

    public enum I2sCommunicationFormat
    {
        I2S = 1,
    }

    public sealed class I2sConnectionSettings
    {
        public I2sConnectionSettings(int busId) => throw null;

        public I2sBitsPerSample BitsPerSample { get => throw null; set => throw null; }

        public int BufferSize { get => throw null; set => throw null; }

        public I2sChannelFormat ChannelFormat { get => throw null; set => throw null; }

        public I2sCommunicationFormat CommunicationFormat { get => throw null; set => throw null; }

        public I2sMode Mode { get => throw null; set => throw null; }

        public int SampleRate { get => throw null; set => throw null; }
    }
}
