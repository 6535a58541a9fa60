using System.Net;
using System.Net.Sockets;
using SmartRadio.Benchmarks.Load;

namespace SmartRadio.Benchmarks.Floor;

/// <summary>
/// The sending ends of many connections that do nothing but send: they greet as a broker does, whatever they are told.
/// </summary>
internal sealed class BareSenders : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Task<Socket[]> _sockets;

    /// <param name="count">How many will connect.</param>
    public BareSenders(int count)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(count);
        _sockets = Task.Run(() => Accept(count));
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public void Send(int receiver, ReadOnlySpan<byte> message) => _sockets.Result[receiver].Send(message);

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var socket in _sockets.Result)
        {
            socket.Dispose();
        }
    }

    private Socket[] Accept(int count)
    {
        var sockets = new Socket[count];
        for (var i = 0; i < count; i++)
        {
            sockets[i] = _listener.Accept();
            sockets[i].NoDelay = true;
            sockets[i].Send(new byte[Wire311.GreetingLength(1)]);
        }

        return sockets;
    }
}
