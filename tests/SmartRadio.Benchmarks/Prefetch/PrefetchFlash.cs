using SmartRadio.Node.Hardware;

namespace SmartRadio.Benchmarks.Prefetch;

/// <summary>
/// A node's storage with room for everything. A thousand copies of one object would fill the machine's memory, so of the object
/// it keeps only which bytes were written; they must be the right ones.
/// </summary>
/// <param name="content">The object as a node stores it: manifest, then sound.</param>
internal sealed class PrefetchFlash(byte[] content) : IFiles
{
    private readonly Dictionary<string, byte[]> _small = new(StringComparer.Ordinal);
    private readonly HashSet<long> _written = [];

    public long FreeBytes => 1L << 30;

    public long TotalBytes => 1L << 30;

    public string[] List() => [.. _small.Keys];

    public byte[]? Read(string name) => _small.GetValueOrDefault(name);

    public bool Write(string name, byte[] content)
    {
        _small[name] = content;
        return true;
    }

    public int ReadAt(string name, long position, byte[] buffer, int count)
    {
        // Asked for whole pieces, or for the manifest, whose first piece stands for all: nodes read it only when it is complete.
        if (!_written.Contains(position))
        {
            return 0;
        }

        content.AsSpan((int)position, count).CopyTo(buffer);
        return count;
    }

    public bool WriteAt(string name, long position, byte[] bytes)
    {
        if (!content.AsSpan((int)position, bytes.Length).SequenceEqual(bytes))
        {
            throw new InvalidDataException($"What was written at {position} is not what the object holds there.");
        }

        _written.Add(position);
        return true;
    }

    public void Delete(string name) => _small.Remove(name);
}
