// Members as listed for System.Device.Adc 1.1.24 (nanoframework/System.Device.Adc). Declarations only: nothing here runs.
namespace System.Device.Adc
{
    public abstract class AdcControllerBase
    {
        public abstract int MaxValue { get; }

        public abstract AdcChannel OpenChannel(int channelNumber);
    }

    public class AdcController : AdcControllerBase
    {
        public override int MaxValue => throw null;

        public override AdcChannel OpenChannel(int channelNumber) => throw null;
    }

    public abstract class AdcChannelBase
    {
        public abstract int ReadValue();
    }

    public class AdcChannel : AdcChannelBase
    {
        internal AdcChannel() => throw null;

        public override int ReadValue() => throw null;
    }
}
