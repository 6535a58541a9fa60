// Members as listed for System.IO.FileSystem 1.1.93 (nanoframework/System.IO.FileSystem). Declarations only: nothing here runs.
namespace nanoFramework.System.IO.FileSystem
{
    public class SDCard
    {
        public SDCard(SDCardSpiParameters spiParameters, CardDetectParameters cdParameters = null) => throw null;

        public void Mount() => throw null;

        public void Dispose() => throw null;
    }

    public class SDCardSpiParameters
    {
        public uint chipSelectPin;
        public uint slotIndex;
        public uint spiBus;
    }

    public class CardDetectParameters
    {
    }
}
