// Members as listed for mscorlib 1.17.11 (nanoframework/CoreLibrary). Declarations only: nothing here runs.
namespace System
{
    public struct TimeSpan
    {
        public TimeSpan(int hours, int minutes, int seconds) => throw null;
    }
}
