using SmartRadio.Node.Hardware;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Nodes;

/// <summary>
/// A node's storage: it outlives the node, it can be full, and the power can go at any byte of a write. A file that was being
/// rewritten then holds the beginning of the new content and nothing of the old, as littlefs and FAT may leave it.
/// </summary>
internal sealed class Flash(long capacity) : IFiles
{
    private readonly Dictionary<string, Blob> _files = new(StringComparer.Ordinal);
    private long _used;

    /// <summary>Told of every small file that was written whole.</summary>
    public Action<string, byte[]> Written { get; set; } = (_, _) => { };

    /// <summary>Bytes that can still be written before the power goes; null = no cut is near.</summary>
    public long? PowerLeft { get; set; }

    /// <summary>A stored sound was damaged, and nobody may have noticed yet.</summary>
    public bool IsWorn { get; set; }

    public long TotalBytes => capacity;

    public long FreeBytes => capacity - _used;

    public string[] List() => [.. _files.Keys];

    public byte[]? Read(string name) =>
        _files.TryGetValue(name, out var blob) ? blob.Bytes.AsSpan(0, blob.Length).ToArray() : null;

    public bool Write(string name, byte[] content)
    {
        var old = _files.GetValueOrDefault(name)?.Length ?? 0;
        if (FreeBytes + old < content.Length)
        {
            return false;
        }

        var spent = Spend(content.Length);
        _files[name] = new Blob { Bytes = content[..spent], Length = spent };
        _used += spent - old;
        if (spent == content.Length)
        {
            Written(name, content);
        }

        CutWhenSpent();
        return true;
    }

    public int ReadAt(string name, long position, byte[] buffer, int count)
    {
        if (!_files.TryGetValue(name, out var blob) || position >= blob.Length)
        {
            return 0;
        }

        var read = Math.Min(count, blob.Length - (int)position);
        Array.Copy(blob.Bytes, position, buffer, 0, read);
        return read;
    }

    public bool WriteAt(string name, long position, byte[] content)
    {
        var blob = _files.GetValueOrDefault(name) ?? new Blob();
        var length = Math.Max(blob.Length, (int)position + content.Length);
        if (length - blob.Length > FreeBytes)
        {
            return false;
        }

        if (length > blob.Bytes.Length)
        {
            Array.Resize(ref blob.Bytes, length * 2);
        }

        content.AsSpan(0, Spend(content.Length)).CopyTo(blob.Bytes.AsSpan((int)position));
        _used += length - blob.Length;
        blob.Length = length;
        _files[name] = blob;
        CutWhenSpent();
        return true;
    }

    public void Delete(string name)
    {
        if (_files.Remove(name, out var blob))
        {
            _used -= blob.Length;
        }
    }

    /// <summary>The medium wears: one bit of one stored sound turns over.</summary>
    public void Wear(Chance chance)
    {
        var sounds = _files.Where(file => file.Key[0] == 'o' && file.Value.Length > 0)
            .OrderBy(file => file.Key, StringComparer.Ordinal).ToList();
        if (sounds.Count > 0)
        {
            var blob = chance.OneOf(sounds).Value;
            blob.Bytes[chance.Between(0, blob.Length)] ^= (byte)(1 << chance.Between(0, 8));
            IsWorn = true;
        }
    }

    private int Spend(int bytes)
    {
        var spent = (int)Math.Min(bytes, PowerLeft ?? bytes);
        PowerLeft -= bytes;
        return spent;
    }

    private void CutWhenSpent()
    {
        if (PowerLeft < 0)
        {
            PowerLeft = null;
            throw new PowerCutException();
        }
    }

    private sealed class Blob
    {
        public byte[] Bytes = [];

        public int Length;
    }
}
