using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Transport;

/// <summary>A run of bytes to send, with one reference to the buffer that holds it.</summary>
internal readonly record struct Segment(SharedBuffer Buffer, int Offset, int Length)
{
    private const int EntryCost = 32;

    public Segment(SharedBuffer whole)
        : this(whole, whole.Offset, whole.Length)
    {
    }

    /// <summary>What it counts in a queue: its bytes, and its place.</summary>
    public int Cost => Length + EntryCost;

    public ArraySegment<byte> Bytes => new(Buffer.Array, Offset, Length);
}
