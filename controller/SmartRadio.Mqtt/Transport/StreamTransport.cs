using System.Buffers;
using System.Net;

namespace SmartRadio.Mqtt.Transport;

/// <summary>TLS and WebSocket, which are streams.</summary>
internal sealed class StreamTransport(Stream stream, EndPoint? remoteEndPoint) : ByteTransport
{
    public override EndPoint? RemoteEndPoint => remoteEndPoint;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        stream.ReadAsync(buffer, cancellationToken);

    public override async ValueTask SendAsync(SendBatch batch)
    {
        if (batch.Segments == 1)
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

    public override void Dispose() => stream.Dispose();
}
