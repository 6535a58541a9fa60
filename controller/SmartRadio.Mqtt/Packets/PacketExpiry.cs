using System.Buffers;
using System.Buffers.Binary;

namespace SmartRadio.Mqtt.Packets;

/// <summary>When a PUBLISH that waits in a queue expires, and how it grows older there (MQTT 5, 3.3.2.3.3).</summary>
/// <param name="At">Unix milliseconds.</param>
/// <param name="IntervalIndex">Where the interval lies in the packet's array; 0 when the packet carries none.</param>
/// <param name="MayDrop">Not at QoS 1 and 2: there the packet is under way once it is queued.</param>
internal sealed record PacketExpiry(long At, int IntervalIndex, bool MayDrop)
{
    /// <summary>Seconds that are left, at least one.</summary>
    public static uint Remaining(long at, long now) => (uint)Math.Max(1, (at - now + 999) / 1000);

    public bool IsOver(long now) => MayDrop && At <= now;

    /// <summary>The packet with the interval that is left: itself when no second has passed, otherwise a copy in its place.</summary>
    public SharedBuffer Age(SharedBuffer packet, long now)
    {
        var left = Remaining(At, now);
        if (IntervalIndex == 0 || BinaryPrimitives.ReadUInt32BigEndian(packet.Array.AsSpan(IntervalIndex)) == left)
        {
            return packet;
        }

        var array = ArrayPool<byte>.Shared.Rent(packet.Length);
        packet.Memory.Span.CopyTo(array);
        BinaryPrimitives.WriteUInt32BigEndian(array.AsSpan(IntervalIndex - packet.Offset), left);
        var copy = SharedBuffer.Pooled(array, 0, packet.Length);
        if (packet.Ledger is { } ledger)
        {
            copy.CountIn(ledger);
        }

        packet.Release();
        return copy;
    }
}
