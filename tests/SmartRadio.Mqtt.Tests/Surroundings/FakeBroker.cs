using System.Net;
using System.Net.Sockets;

namespace SmartRadio.Mqtt.Tests.Surroundings;

/// <summary>Serves one client packet by packet as the test says.</summary>
internal sealed class FakeBroker : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Task _serving;

    private FakeBroker(TcpListener listener, Func<RawClient, Task> serve)
    {
        _listener = listener;
        _serving = ServeAsync(serve);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static Task<FakeBroker> StartAsync(Func<RawClient, Task> serve)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return Task.FromResult(new FakeBroker(listener, serve));
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync(Func<RawClient, Task> serve)
    {
        using var peer = RawClient.Over(await _listener.AcceptSocketAsync(), MqttProtocolVersion.V5);
        await serve(peer);
    }
}
