// Members as listed for System.IO.FileSystem 1.1.93 (nanoframework/System.IO.FileSystem). Declarations only: nothing here runs.
namespace System.IO
{
    public static class File
    {
        public static void Delete(string path) => throw null;

        public static bool Exists(string path) => throw null;

        public static byte[] ReadAllBytes(string path) => throw null;

        public static void WriteAllBytes(string path, byte[] bytes) => throw null;
    }

    public static class Directory
    {
        public static DirectoryInfo CreateDirectory(string path) => throw null;

        public static bool Exists(string path) => throw null;

        public static string[] GetFiles(string path) => throw null;
    }

    public abstract class FileSystemInfo : MarshalByRefObject
    {
    }

    public sealed class DirectoryInfo : FileSystemInfo
    {
        internal DirectoryInfo() => throw null;
    }

    public sealed class DriveInfo
    {
        public DriveInfo(string driveName) => throw null;

        public long TotalSize { get => throw null; set => throw null; }
    }
}
