using System.Net;
using System.Net.Security;

namespace SmartRadio.Mqtt.Transport;

/// <summary>TCP under TLS.</summary>
internal sealed class TlsTransport(SslStream stream, EndPoint? remoteEndPoint) : ByteTransport
{
    private readonly Func<ReadOnlyMemory<byte>, ValueTask> _write = record => stream.WriteAsync(record);

    public override EndPoint? RemoteEndPoint => remoteEndPoint;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => stream.ReadAsync(buffer, cancellationToken);

    public override ValueTask SendAsync(SendBatch batch) => batch.SendWholeAsync(_write);

    public override void Dispose() => stream.Dispose();
}
