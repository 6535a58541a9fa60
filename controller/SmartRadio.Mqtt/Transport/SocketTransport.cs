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

    public override int Unread => UnreadOf(socket);

    public override bool TryStopReceiving() => TryStopReceiving(socket);

    /// <summary>Without it, an end while a read waits would take back what the other side has not read yet.</summary>
    public override ValueTask EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side was quicker.
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>As <see cref="ByteTransport.TryStopReceiving"/>, for whatever lies over a socket.</summary>
    public static bool TryStopReceiving(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Receive);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>As <see cref="ByteTransport.Unread"/>, for whatever lies over a socket.</summary>
    public static int UnreadOf(Socket socket)
    {
        try
        {
            return socket.Available;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    public override void Dispose() => socket.Dispose();
}
