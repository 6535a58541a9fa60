namespace SmartRadio.Mqtt.Packets;

/// <summary>Counts the bytes that something holds at this moment.</summary>
internal sealed class ByteLedger
{
    private long _bytes;

    public long Bytes => Volatile.Read(ref _bytes);

    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
