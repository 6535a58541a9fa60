// Members as listed for System.IO.Streams 1.1.96 (nanoframework/System.IO.Streams). Declarations only: nothing here runs.
namespace System.IO
{
    public enum SeekOrigin
    {
        Begin = 0,
    }

    public abstract class Stream : MarshalByRefObject, IDisposable
    {
        public abstract long Length { get; }

        public void Dispose() => throw null;

        public abstract int Read(byte[] buffer, int offset, int count);

        public abstract long Seek(long offset, SeekOrigin origin);

        public abstract void SetLength(long value);

        public abstract void Write(byte[] buffer, int offset, int count);
    }
}
