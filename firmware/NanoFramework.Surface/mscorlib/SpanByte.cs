// Members as listed for mscorlib 1.17.11 (nanoframework/CoreLibrary). Declarations only: nothing here runs.
namespace System
{
    public struct SpanByte
    {
        public SpanByte(byte[] array, int start, int length) => throw null;
    }
}
