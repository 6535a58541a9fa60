using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using SmartRadio.Mqtt.Transport;

namespace SmartRadio.Mqtt.Client;

/// <summary>The way to the broker: plain TCP, TLS or WebSocket.</summary>
internal static class ClientTransport
{
    public static async Task<ByteTransport> OpenAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        if (options.WebSocket is { } address)
        {
            var webSocket = new ClientWebSocket();
            webSocket.Options.AddSubProtocol("mqtt");
            await webSocket.ConnectAsync(address, cancellationToken);
            return new WebSocketTransport(webSocket, remoteEndPoint: null, webSocket.Abort);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellationToken);
            if (options.Tls is null)
            {
                return new SocketTransport(socket);
            }

            var secured = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await secured.AuthenticateAsClientAsync(options.Tls, cancellationToken);
            return new TlsTransport(secured, socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
