using System.Net;
using System.Net.WebSockets;

namespace SmartRadio.Mqtt.Transport;

/// <summary>WebSocket, of which MQTT is the binary frames; where these begin and end means nothing (MQTT 5, 6).</summary>
internal sealed class WebSocketTransport : ByteTransport
{
    private readonly WebSocket _socket;
    private readonly Action _abort;
    private readonly Func<ReadOnlyMemory<byte>, ValueTask> _write;
    private readonly CancellationTokenSource _broken = new();
    private WebSocketCloseStatus _status = WebSocketCloseStatus.NormalClosure;
    private volatile bool _saidFarewell;
    private bool _isDisposed;

    /// <param name="socket">Over which both speak.</param>
    /// <param name="remoteEndPoint">Who is at the other end, where that is known.</param>
    /// <param name="abort">Breaks the connection below it, with all that waits in it.</param>
    public WebSocketTransport(WebSocket socket, EndPoint? remoteEndPoint, Action abort)
    {
        _socket = socket;
        _abort = abort;
        _write = frame => socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        RemoteEndPoint = remoteEndPoint;
    }

    public override EndPoint? RemoteEndPoint { get; }

    /// <summary>Unlike the others it cannot wait without a buffer; its reader holds one while it waits.</summary>
    /// <exception cref="MqttProtocolException">The other side sent a text frame.</exception>
    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var either = cancellationToken.UnsafeRegister(static broken => ((CancellationTokenSource)broken!).Cancel(), _broken);
        var received = default(ValueWebSocketReceiveResult);
        while (!buffer.IsEmpty && received is { Count: 0, MessageType: not WebSocketMessageType.Close })
        {
            received = await _socket.ReceiveAsync(buffer, _broken.Token);
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
            _saidFarewell = true;
        }
    }

    /// <summary>
    /// Disposing a web server's WebSocket breaks neither its read nor its send. The connection below is aborted only when no
    /// farewell was said, which an abort might lose, and only once: later the server may have given its place to another.
    /// </summary>
    public override void Dispose()
    {
        lock (_broken)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            if (!_saidFarewell)
            {
                _abort();
            }

            // Who reads goes on elsewhere: whoever disposes may hold a lock.
            _ = _broken.CancelAsync();
            _socket.Dispose();
        }
    }
}
