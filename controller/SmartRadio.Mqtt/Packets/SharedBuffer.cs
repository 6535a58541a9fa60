using System.Buffers;

namespace SmartRadio.Mqtt.Packets;

/// <summary>Immutable bytes that many queues hold at once; the last one to let go returns them to the pool.</summary>
internal sealed class SharedBuffer
{
    private readonly bool _pooled;
    private int _references = 1;

    private SharedBuffer(byte[] array, int offset, int length, bool pooled)
    {
        Array = array;
        Offset = offset;
        Length = length;
        _pooled = pooled;
    }

    public byte[] Array { get; }

    public int Offset { get; }

    public int Length { get; }

    /// <summary>Bytes of the same packet that are sent from elsewhere, right after these.</summary>
    public int Following { get; private init; }

    /// <summary>Null is never.</summary>
    public PacketExpiry? Expiry { get; private init; }

    /// <summary>Where its storage is counted until the last reference goes.</summary>
    public ByteLedger? Ledger { get; private set; }

    public ReadOnlyMemory<byte> Memory => Array.AsMemory(Offset, Length);

    /// <summary>Takes over a rented array; the creator holds the first reference.</summary>
    public static SharedBuffer Pooled(byte[] array, int offset, int length, int following = 0, PacketExpiry? expiry = null) =>
        new(array, offset, length, pooled: true) { Following = following, Expiry = expiry };

    /// <summary>Wraps an array that the garbage collector frees: references need not balance.</summary>
    public static SharedBuffer Unpooled(byte[] array) => new(array, 0, array.Length, pooled: false);

    /// <summary>Counts its storage, and what it makes wait elsewhere, from now on. Called once, by the creator.</summary>
    public void CountIn(ByteLedger ledger)
    {
        Ledger = ledger;
        ledger.Add(Array.Length + Following);
    }

    public void AddReference()
    {
        if (_pooled)
        {
            Interlocked.Increment(ref _references);
        }
    }

    public void Release()
    {
        if (_pooled && Interlocked.Decrement(ref _references) == 0)
        {
            Ledger?.Add(-Array.Length - Following);
            ArrayPool<byte>.Shared.Return(Array);
        }
    }
}
