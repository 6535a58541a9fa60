using System.Net;
using System.Net.WebSockets;

namespace SmartRadio.Mqtt.Transport;

/// <summary>WebSocket, of which MQTT is the binary frames; where these begin and end means nothing (MQTT 5, 6).</summary>
internal sealed class WebSocketTransport : ByteTransport
{
    private readonly WebSocket _socket;
    private readonly Func<ReadOnlyMemory<byte>, ValueTask> _write;
    private WebSocketCloseStatus _status = WebSocketCloseStatus.NormalClosure;

    public WebSocketTransport(WebSocket socket, EndPoint? remoteEndPoint)
    {
        _socket = socket;
        _write = frame => socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        RemoteEndPoint = remoteEndPoint;
    }

    public override EndPoint? RemoteEndPoint { get; }

    /// <summary>Unlike the others it cannot wait without a buffer; its reader holds one while it waits.</summary>
    /// <exception cref="MqttProtocolException">The other side sent a text frame.</exception>
    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var received = default(ValueWebSocketReceiveResult);
        while (!buffer.IsEmpty && received is { Count: 0, MessageType: not WebSocketMessageType.Close })
        {
            received = await _socket.ReceiveAsync(buffer, cancellationToken);
            if (received.MessageType == WebSocketMessageType.Text)
            {
                _status = WebSocketCloseStatus.InvalidMessageType;
                throw new MqttProtocolException(MqttReasonCode.ProtocolError, "MQTT comes in binary frames, not in text.");
            }
        }

        return received.Count;
    }

    public override ValueTask SendAsync(SendBatch batch) => batch.SendWholeAsync(_write);

    /// <summary>Closes this side. Nobody waits for the other's closing frame: MQTT has said farewell already.</summary>
    public override async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(_status, statusDescription: null, cancellationToken);
        }
    }

    public override void Dispose() => _socket.Dispose();
}
