// Members as listed for System.IO.FileSystem 1.1.93 (nanoframework/System.IO.FileSystem). Declarations only: nothing here runs.
namespace System.IO
{
    public enum FileMode
    {
        Open = 3,
        OpenOrCreate = 4,
    }

    public enum FileAccess
    {
        Read = 1,
        Write = 2,
    }

    public class FileStream : Stream
    {
        public FileStream(string path, FileMode mode, FileAccess access) => throw null;

        public override long Length => throw null;

        public override int Read(byte[] buffer, int offset, int count) => throw null;

        public override long Seek(long offset, SeekOrigin origin) => throw null;

        public override void SetLength(long value) => throw null;

        public override void Write(byte[] buffer, int offset, int count) => throw null;
    }
}
