using System.Net;
using System.Net.Sockets;
using SmartRadio.Benchmarks.Brokers;

namespace SmartRadio.Benchmarks.Load;

/// <summary>One publisher, with the controller's account.</summary>
internal sealed class LoadPublisher : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public LoadPublisher(int port)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Send(Wire311.Connect("speaker", OpenAccess.Controller));
        Read(4);
    }

    public void Send(ReadOnlySpan<byte> bytes) => _socket.Send(bytes);

    /// <summary>Reads so many bytes of answers.</summary>
    public void Read(int count)
    {
        Span<byte> answer = stackalloc byte[1024];
        while (count > 0)
        {
            count -= _socket.Receive(answer[..Math.Min(count, answer.Length)]);
        }
    }

    public void Dispose() => _socket.Dispose();
}
