using System.Collections.Concurrent;
using System.Security.Cryptography;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>
/// One copy of every piece of sound for all the nodes of a process: ten thousand that fetched the same bulletin hold it once.
/// Each node still writes, reads and checks its own file.
/// </summary>
internal sealed class SharedSounds
{
    private readonly ConcurrentDictionary<UInt128, byte[]> _pieces = new();

    /// <summary>The one copy of these bytes.</summary>
    public byte[] CopyOf(byte[] piece)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(piece, digest);
        return _pieces.GetOrAdd(BitConverter.ToUInt128(digest), piece);
    }
}

/// <summary>
/// A node's storage with its objects in memory, shared; all else goes to the folder and is there after a restart.
/// </summary>
internal sealed class SharedSoundFiles(IFiles folder, SharedSounds sounds) : IFiles
{
    private readonly Dictionary<string, SortedList<long, byte[]>> _objects = new(StringComparer.Ordinal);
    private long _used;

    public long FreeBytes => folder.FreeBytes - _used;

    public long TotalBytes => folder.TotalBytes;

    public string[] List() => [.. folder.List(), .. _objects.Keys];

    public byte[]? Read(string name) => folder.Read(name);

    public bool Write(string name, byte[] content) => content.Length <= FreeBytes && folder.Write(name, content);

    public int ReadAt(string name, long position, byte[] buffer, int count)
    {
        if (!_objects.TryGetValue(name, out var pieces))
        {
            return 0;
        }

        var read = 0;
        foreach (var (start, piece) in pieces)
        {
            var from = position + read - start;
            if (from >= 0 && from < piece.Length && read < count)
            {
                var part = Math.Min(count - read, piece.Length - (int)from);
                piece.AsSpan((int)from, part).CopyTo(buffer.AsSpan(read));
                read += part;
            }
        }

        return read;
    }

    public bool WriteAt(string name, long position, byte[] content)
    {
        if (FreeBytes < content.Length)
        {
            return false;
        }

        if (!_objects.TryGetValue(name, out var pieces))
        {
            _objects[name] = pieces = [];
        }

        _used += content.Length - (pieces.GetValueOrDefault(position)?.Length ?? 0);
        pieces[position] = sounds.CopyOf(content);
        return true;
    }

    public void Delete(string name)
    {
        if (_objects.Remove(name, out var pieces))
        {
            _used -= pieces.Values.Sum(piece => (long)piece.Length);
        }

        folder.Delete(name);
    }
}
