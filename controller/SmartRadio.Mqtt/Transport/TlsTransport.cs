using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace SmartRadio.Mqtt.Transport;

/// <summary>TCP under TLS.</summary>
/// <param name="stream">Over the socket, which it owns.</param>
/// <param name="socket">Below it.</param>
internal sealed class TlsTransport(SslStream stream, Socket socket) : ByteTransport
{
    private readonly Func<ReadOnlyMemory<byte>, ValueTask> _write = record => stream.WriteAsync(record);

    public override EndPoint? RemoteEndPoint => socket.RemoteEndPoint;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => stream.ReadAsync(buffer, cancellationToken);

    public override ValueTask SendAsync(SendBatch batch) => batch.SendWholeAsync(_write);

    public override int Unread => SocketTransport.UnreadOf(socket);

    public override bool TryStopReceiving() => SocketTransport.TryStopReceiving(socket);

    public override void Dispose() => stream.Dispose();
}
