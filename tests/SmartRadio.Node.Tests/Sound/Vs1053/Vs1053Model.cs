using SmartRadio.Node.Sound.Vs1053;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Sound.Vs1053;

/// <summary>
/// A VS1053b as its data sheet has it: registers, a stream buffer of 2,048 bytes, an audio buffer, a crystal of its own.
/// </summary>
internal sealed class Vs1053Model(World world) : IVs1053Wires
{
    private const int StreamBuffer = 2048;
    private const int AudioSamples = 512;
    private readonly List<byte> _data = [];
    private long _taken;
    private long _startedAt = -1;

    public List<string> Commands { get; } = [];

    public Dictionary<int, int> Registers { get; } = new() { [1] = 0x0040 };

    /// <summary>Parts per million by which its crystal is fast.</summary>
    public long Drift { get; init; }

    /// <summary>It takes nothing any more.</summary>
    public bool IsDead { get; set; }

    /// <summary>Data came while DREQ was low, or more than 32 bytes at once.</summary>
    public bool WasOverrun { get; private set; }

    public bool IsHeldInReset { get; private set; } = true;

    /// <summary>What came to the data interface.</summary>
    public IReadOnlyList<byte> Received => _data;

    public bool IsReady
    {
        get
        {
            world.Advance(20);
            return !IsDead && !IsHeldInReset && Buffered <= StreamBuffer - 32;
        }
    }

    /// <summary>Samples in the chip that were not heard yet.</summary>
    public long Held => Math.Max(0, (_data.Count - 44) / 2) - Heard;

    public bool RanDry { get; private set; }

    private int Rate => _data.Count < 44 ? 0 : BitConverter.ToInt32([.. _data.Skip(24).Take(4)]);

    private long Heard
    {
        get
        {
            var fed = Math.Max(0, (_data.Count - 44) / 2);
            var clocked = _startedAt < 0
                ? 0
                : (world.Microseconds - _startedAt) * Rate / 1_000_000 * (1_000_000 + Drift) / 1_000_000;
            RanDry |= clocked > fed;
            return Math.Min(fed, clocked);
        }
    }

    /// <summary>Bytes in the stream buffer: what was fed and neither heard nor already in the audio buffer.</summary>
    private long Buffered
    {
        get
        {
            _taken = Math.Max(_taken, Math.Min(_data.Count, 44 + (2 * (Heard + AudioSamples))));
            return _data.Count - _taken;
        }
    }

    public void Reset(bool held) => IsHeldInReset = held;

    public void Command(byte[] sent, byte[] received)
    {
        var value = (sent[2] << 8) | sent[3];
        Commands.Add(sent[0] == 2 ? $"{sent[1]:x}={value:x4}" : $"{sent[1]:x}?");
        if (sent[0] == 2)
        {
            Registers[sent[1]] = value;
            return;
        }

        received[2] = (byte)(Registers[sent[1]] >> 8);
        received[3] = (byte)Registers[sent[1]];
    }

    public void Data(byte[] bytes, int offset, int count)
    {
        WasOverrun |= count > 32 || IsDead || Buffered > StreamBuffer - 32;
        _data.AddRange(bytes.AsSpan(offset, count));
        if (_data.Count > 44 && _startedAt < 0)
        {
            _startedAt = world.Microseconds;
        }
    }
}
