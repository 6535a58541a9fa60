// Members as listed for mscorlib 1.17.11 (nanoframework/CoreLibrary). Declarations only: nothing here runs.
namespace System
{
    public struct DateTime
    {
        public static readonly DateTime UnixEpoch;

        public DateTime(long ticks) => throw null;

        public static DateTime UtcNow => throw null;

        public long Ticks => throw null;

        public int Year => throw null;
    }
}
