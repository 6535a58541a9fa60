using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace SmartRadio.Mqtt.Broker.Listening;

/// <summary>One listening socket and its accept loop.</summary>
internal sealed class TcpListening : IAsyncDisposable
{
    private const int Backlog = 4096;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(20);

    private readonly Socket _socket;
    private readonly ILogger _logger;
    private readonly Task _accepting;

    private TcpListening(Socket socket, Action<Socket> serve, ILogger logger)
    {
        _socket = socket;
        _logger = logger;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _accepting = AcceptAsync(serve);
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Listens from now on.</summary>
    /// <exception cref="MqttPortTakenException">Another program listens there.</exception>
    public static TcpListening Start(IPEndPoint wanted, Action<Socket> serve, ILogger logger)
    {
        var socket = new Socket(wanted.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(wanted);
            socket.Listen(Backlog);
            return new TcpListening(socket, serve, logger);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            if (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new MqttPortTakenException(wanted, e);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync(Action<Socket> serve)
    {
        while (true)
        {
            try
            {
                var accepted = await _socket.AcceptAsync();
                accepted.NoDelay = true;
                serve(accepted);
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of descriptors, or the client left the queue: the others go on.
                _logger.LogWarning("A connection could not be accepted: {Error}", e.SocketErrorCode);
                await Task.Delay(PauseAfterFailure);
            }
        }
    }
}
