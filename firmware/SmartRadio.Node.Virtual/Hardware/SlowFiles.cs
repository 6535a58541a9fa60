using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>Flash that takes its time: a write holds the node, as it does on the device.</summary>
/// <param name="files">Where the bytes go.</param>
/// <param name="delay">Milliseconds for each block of 4 KB.</param>
internal sealed class SlowFiles(IFiles files, int delay) : IFiles
{
    private const int Block = 4096;

    public long FreeBytes => files.FreeBytes;

    public long TotalBytes => files.TotalBytes;

    public string[] List() => files.List();

    public byte[]? Read(string name) => files.Read(name);

    public bool Write(string name, byte[] content)
    {
        Hold(CostOf(content.Length));
        return files.Write(name, content);
    }

    public int ReadAt(string name, long position, byte[] buffer, int count) => files.ReadAt(name, position, buffer, count);

    public bool WriteAt(string name, long position, byte[] content)
    {
        Hold(CostOf(content.Length));
        return files.WriteAt(name, position, content);
    }

    public void Delete(string name)
    {
        Hold(CostOf(0));
        files.Delete(name);
    }

    /// <summary>Holds the thread that writes.</summary>
    public static void Hold(int milliseconds)
    {
#pragma warning disable RS0030 // Flash holds the thread that writes.
        Thread.Sleep(milliseconds);
#pragma warning restore RS0030
    }

    private int CostOf(int bytes) => delay * ((bytes / Block) + 1);
}
