using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.WebSockets;

namespace SmartRadio.Mqtt.Transport;

/// <summary>TLS and WebSocket, which are streams.</summary>
/// <param name="stream">What is read and written.</param>
/// <param name="remoteEndPoint">Where the other side is.</param>
/// <param name="connection">What is broken in the end.</param>
internal sealed class StreamTransport(Stream stream, EndPoint? remoteEndPoint, IDisposable connection) : ByteTransport
{
    /// <summary>Over TLS.</summary>
    public StreamTransport(SslStream stream, EndPoint? remoteEndPoint)
        : this(stream, remoteEndPoint, stream)
    {
    }

    /// <summary>Over WebSocket. Disposing its stream would hold a thread until the other side has closed, too: <see cref="EndAsync"/> closes ours, and nobody waits for theirs.</summary>
    public StreamTransport(WebSocket socket, EndPoint? remoteEndPoint)
        : this(WebSocketStream.Create(socket, WebSocketMessageType.Binary), remoteEndPoint, socket)
    {
    }

    public override EndPoint? RemoteEndPoint => remoteEndPoint;

    /// <summary>Only TLS can wait without a buffer; a WebSocket's reader then holds one while it waits.</summary>
    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        buffer.IsEmpty && stream is not SslStream ? ValueTask.FromResult(0) : stream.ReadAsync(buffer, cancellationToken);

    public override async ValueTask SendAsync(SendBatch batch)
    {
        if (batch.Bytes.Count == 1)
        {
            await stream.WriteAsync(batch.Bytes[0]);
        }
        else
        {
            // One record or frame for the lot.
            var whole = ArrayPool<byte>.Shared.Rent(batch.Length);
            try
            {
                var position = 0;
                foreach (var part in batch.Bytes)
                {
                    part.AsSpan().CopyTo(whole.AsSpan(position));
                    position += part.Count;
                }

                await stream.WriteAsync(whole.AsMemory(0, position));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(whole);
            }
        }

        await stream.FlushAsync();
    }

    public override async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (connection is WebSocket { State: WebSocketState.Open or WebSocketState.CloseReceived } socket)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, cancellationToken);
        }
    }

    public override void Dispose() => connection.Dispose();
}
