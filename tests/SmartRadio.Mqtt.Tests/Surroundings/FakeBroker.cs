using System.Net;
using System.Net.Sockets;

namespace SmartRadio.Mqtt.Tests.Surroundings;

/// <summary>Serves a client packet by packet as the test says, its connections one after another.</summary>
internal sealed class FakeBroker : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Task _serving;

    private FakeBroker(TcpListener listener, Func<RawClient, Task>[] connections)
    {
        _listener = listener;
        _serving = ServeAsync(connections);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <param name="connections">What is done on each; there are no more of them.</param>
    public static Task<FakeBroker> StartAsync(params Func<RawClient, Task>[] connections)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return Task.FromResult(new FakeBroker(listener, connections));
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync(Func<RawClient, Task>[] connections)
    {
        foreach (var serve in connections)
        {
            using var peer = RawClient.Over(await _listener.AcceptSocketAsync(), MqttProtocolVersion.V5);
            await serve(peer);
        }
    }
}
