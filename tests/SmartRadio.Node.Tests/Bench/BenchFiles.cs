using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Tests.Bench;

/// <summary>The power went in the middle of a write.</summary>
internal sealed class PowerCut : Exception;

/// <summary>
/// What the medium holds behind the last byte that a power cut let through, to the end of the block being written.
/// </summary>
public enum Tear
{
    /// <summary>Nothing: the file ends there.</summary>
    Short,

    /// <summary>What was there before.</summary>
    Stale,

    /// <summary>Erased flash.</summary>
    Erased,

    /// <summary>Whatever the cells held in mid-write.</summary>
    Garbage,
}

/// <summary>Storage that survives the node, with a capacity, and a power supply that can fail at any byte written.</summary>
internal sealed class BenchFiles : IFiles
{
    public Dictionary<string, byte[]> Content { get; init; } = new(StringComparer.Ordinal);

    public long TotalBytes { get; set; } = 16 * 1024 * 1024;

    public long FreeBytes => TotalBytes - Content.Values.Sum(bytes => (long)bytes.Length);

    /// <summary>Bytes that may still be written before the power goes; null is for ever.</summary>
    public int? PowerLeft { get; set; }

    /// <summary>How a write that is cut ends.</summary>
    public Tear Tear { get; set; }

    /// <summary>Bytes written so far.</summary>
    public int Written { get; private set; }

    /// <summary>Calls that wrote.</summary>
    public int Writes { get; private set; }

    public string[] List() => [.. Content.Keys];

    public byte[]? Read(string name) => Content.GetValueOrDefault(name)?.ToArray();

    public bool Write(string name, byte[] content)
    {
        if (FreeBytes + (Content.GetValueOrDefault(name)?.Length ?? 0) < content.Length)
        {
            return false;
        }

        var spent = Spend(content.Length);
        Content[name] = [.. content[..spent], .. Torn(Content.GetValueOrDefault(name, []), spent, content.Length)];
        CutIfSpent();
        return true;
    }

    public int ReadAt(string name, long position, byte[] buffer, int count)
    {
        var rest = Content.GetValueOrDefault(name, [])
            .AsSpan((int)Math.Min(position, Content.GetValueOrDefault(name, []).Length));
        var read = Math.Min(rest.Length, count);
        rest[..read].CopyTo(buffer);
        return read;
    }

    public bool WriteAt(string name, long position, byte[] content)
    {
        var old = Content.GetValueOrDefault(name, []);
        var grown = new byte[Math.Max(old.Length, position + content.Length)];
        if (FreeBytes + old.Length < grown.Length)
        {
            return false;
        }

        old.CopyTo(grown, 0);
        var spent = Spend(content.Length);
        content.AsSpan(0, spent).CopyTo(grown.AsSpan((int)position));
        var rest = grown.AsSpan((int)position + spent, content.Length - spent);
        Torn(rest.ToArray(), 0, rest.Length).CopyTo(rest);
        Content[name] = grown;
        CutIfSpent();
        return true;
    }

    public void Delete(string name) => Content.Remove(name);

    /// <summary>What a power cut leaves behind.</summary>
    public BenchFiles AfterPowerCut() =>
        new() { Content = new(Content, StringComparer.Ordinal), TotalBytes = TotalBytes, Tear = Tear };

    /// <summary>What stands behind the bytes that were written, up to the end of a block of 512.</summary>
    private byte[] Torn(byte[] old, int spent, int length)
    {
        var torn = new byte[Math.Min(length, (spent + 511) / 512 * 512) - spent];
        switch (Tear)
        {
            case Tear.Stale:
                return [.. old.Skip(spent).Take(torn.Length)];
            case Tear.Erased:
                Array.Fill(torn, (byte)0xff);
                return torn;
            case Tear.Garbage:
                new Random(spent).NextBytes(torn);
                return torn;
            default:
                return [];
        }
    }

    private int Spend(int bytes)
    {
        var spent = Math.Min(bytes, PowerLeft ?? bytes);
        PowerLeft -= bytes;
        Written += spent;
        Writes++;
        return spent;
    }

    private void CutIfSpent()
    {
        if (PowerLeft < 0)
        {
            throw new PowerCut();
        }
    }
}
