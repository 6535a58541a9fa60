using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>What the nodes of a process made their flash do.</summary>
internal sealed class FlashWear
{
    private long _asked;
    private long _programmed;
    private long _longest;

    /// <summary>Bytes that were to be written.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Blocks of 4 KB that were erased and programmed for it.</summary>
    public long Blocks => Interlocked.Read(ref _programmed);

    /// <summary>Most blocks for one call.</summary>
    public long Longest => Interlocked.Read(ref _longest);

    public override string ToString() =>
        $"flash: {Asked / 1024} KB written in {Blocks} blocks of 4 KB, at most {Longest} for one write";

    internal void Add(long bytes, long blocks)
    {
        Interlocked.Add(ref _asked, bytes);
        Interlocked.Add(ref _programmed, blocks);
        for (var longest = Longest; blocks > longest; longest = Longest)
        {
            Interlocked.CompareExchange(ref _longest, blocks, longest);
        }
    }
}

/// <summary>
/// Storage that costs what littlefs costs: nothing is overwritten in place, so a write copies all of the file that lies behind
/// it, an append the last block, and each call that changes a file writes its entry in the folder.
/// </summary>
/// <param name="files">Where the bytes go.</param>
/// <param name="wear">Counts.</param>
/// <param name="hold">Told how many blocks one call takes, before it returns.</param>
internal sealed class LittleFs(IFiles files, FlashWear wear, Action<int> hold) : IFiles
{
    /// <summary>Bytes of an erase block.</summary>
    public const int Block = 4096;

    private readonly Dictionary<string, long> _sizes = files.List().ToDictionary(
        name => name, name => Probe(files, name), StringComparer.Ordinal);

    public long FreeBytes => files.FreeBytes;

    public long TotalBytes => files.TotalBytes;

    public string[] List() => files.List();

    public byte[]? Read(string name) => files.Read(name);

    public int ReadAt(string name, long position, byte[] buffer, int count) => files.ReadAt(name, position, buffer, count);

    public bool Write(string name, byte[] content)
    {
        Take(content.Length, 1 + BlocksOf(content.Length));
        _sizes[name] = content.Length;
        return files.Write(name, content);
    }

    public bool WriteAt(string name, long position, byte[] content)
    {
        var size = _sizes.GetValueOrDefault(name);
        var end = Math.Max(size, position + content.Length);
        // From the block in which the write, or the zeros before it, begins.
        var first = Math.Min(position, size) / Block;
        Take(content.Length, 1 + (int)(BlocksOf(end) - first));
        _sizes[name] = end;
        return files.WriteAt(name, position, content);
    }

    public void Delete(string name)
    {
        Take(0, 1);
        _sizes.Remove(name);
        files.Delete(name);
    }

    private static int BlocksOf(long bytes) => (int)((bytes + Block - 1) / Block);

    /// <summary>The length of a file, by halving: the storage cannot be asked.</summary>
    private static long Probe(IFiles files, string name)
    {
        var low = 0L;
        for (var step = 1L << 30; step > 0; step /= 2)
        {
            low += files.ReadAt(name, low + step - 1, new byte[1], 1) == 1 ? step : 0;
        }

        return low;
    }

    private void Take(int bytes, int blocks)
    {
        wear.Add(bytes, blocks);
        hold(blocks);
    }
}
