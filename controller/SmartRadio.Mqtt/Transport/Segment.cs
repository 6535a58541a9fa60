using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Transport;

/// <summary>A run of bytes to send, with one reference to the buffer that holds it.</summary>
internal readonly record struct Segment(SharedBuffer Buffer, int Offset, int Length)
{
    /// <summary>A place in the ring.</summary>
    private const int EntryCost = 32;

    /// <summary>With the buffer's object and its smallest array: what an answer of two bytes holds, measured.</summary>
    private const int OwnBufferCost = 256;

    public Segment(SharedBuffer whole)
        : this(whole, whole.Offset, whole.Length)
    {
    }

    /// <summary>What it counts in a queue: its bytes and its place, and the buffer too where nobody else counts it.</summary>
    public int Cost => Length + (Buffer.Ledger is null ? OwnBufferCost : EntryCost);

    public ArraySegment<byte> Bytes => new(Buffer.Array, Offset, Length);
}
