// Members as listed for nanoFramework.Runtime.Native 1.7.11 (nanoframework/nanoFramework.Runtime.Native). Declarations only: nothing here runs.
namespace System
{
    public static class Environment
    {
        public static long TickCount64 => throw null;
    }
}

namespace nanoFramework.Runtime.Native
{
    public static class GC
    {
        public static uint Run(bool compactHeap) => throw null;
    }

    public static class Rtc
    {
        public static bool SetSystemTime(System.DateTime time) => throw null;
    }
}
