using System.Net;

namespace SmartRadio.Mqtt.Transport;

/// <summary>A two-way stream of bytes under MQTT. One reader and one sender at a time.</summary>
internal abstract class ByteTransport : IDisposable
{
    public abstract EndPoint? RemoteEndPoint { get; }

    /// <summary>Reads what is there; 0 is the end. With an empty buffer it only waits until something is there.</summary>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    public abstract ValueTask SendAsync(SendBatch batch);

    /// <summary>Bytes that have arrived and were not read; 0 where that is not known.</summary>
    public virtual int Unread => 0;

    /// <summary>What has arrived can still be read, then comes the end. False when the transport cannot do that, or is broken.</summary>
    public virtual bool TryStopReceiving() => false;

    /// <summary>Says the transport's own farewell, where it has one. Nothing is sent after it; what the other side sends is still received.</summary>
    public virtual ValueTask EndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Breaks the connection at once; waiting reads and sends fail. May be called twice and from anywhere.</summary>
    public abstract void Dispose();
}
