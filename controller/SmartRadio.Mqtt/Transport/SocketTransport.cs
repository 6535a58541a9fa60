using System.Net;
using System.Net.Sockets;

namespace SmartRadio.Mqtt.Transport;

/// <summary>Plain TCP, straight on the socket.</summary>
internal sealed class SocketTransport(Socket socket) : ByteTransport
{
    public override EndPoint? RemoteEndPoint => socket.RemoteEndPoint;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);

    public override ValueTask SendAsync(SendBatch batch) => batch.SendToAsync(socket);

    public override void Dispose() => socket.Dispose();
}
