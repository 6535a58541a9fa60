using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Transport;

/// <summary>A run of bytes to send, with one reference to the buffer that holds it.</summary>
internal readonly record struct Segment(SharedBuffer Buffer, int Offset, int Length)
{
    /// <summary>A place in the ring.</summary>
    private const int EntryCost = 32;

    /// <summary>The same with the buffer's objects.</summary>
    private const int OwnBufferCost = 160;

    public Segment(SharedBuffer whole)
        : this(whole, whole.Offset, whole.Length)
    {
    }

    /// <summary>What it counts in a queue: its bytes and its place, or the whole buffer where nobody else counts that.</summary>
    public int Cost => Buffer.Ledger is null ? Buffer.Array.Length + OwnBufferCost : Length + EntryCost;

    public ArraySegment<byte> Bytes => new(Buffer.Array, Offset, Length);
}
