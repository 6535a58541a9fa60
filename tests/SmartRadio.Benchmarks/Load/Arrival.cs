using System.Net;
using System.Net.Sockets;
using SmartRadio.Benchmarks.Brokers;

namespace SmartRadio.Benchmarks.Load;

/// <summary>Clients connect and subscribe.</summary>
internal static class Arrival
{
    private const int AnsweredEvery = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>TCP doubles its pause with each try.</summary>
    private static readonly TimeSpan PatienceWithTcp = TimeSpan.FromSeconds(60);

    /// <summary>One after the other, and never many before the broker has answered: its listen queue may be short.</summary>
    /// <param name="port">The broker's.</param>
    /// <param name="count">How many.</param>
    /// <param name="filters">What each subscribes to, all to the same number.</param>
    /// <param name="name">What their client identifiers begin with.</param>
    /// <exception cref="IOException">Some were not let in.</exception>
    public static LoadAudience Gather(int port, int count, Func<int, string[]> filters, string name = "node")
    {
        var sockets = new Socket[count];
        for (var i = 0; i < count; i++)
        {
            sockets[i] = NewSocket();
            sockets[i].Connect(IPAddress.Loopback, port);
            if (i % AnsweredEvery == AnsweredEvery - 1)
            {
                sockets[i - 1].Poll(Patience, SelectMode.SelectRead);
            }

            sockets[i].Send(Hello($"{name}-{i}", null, filters(i)));
        }

        return Greeted(sockets, filters(0).Length, out var back) is var audience && back == count
            ? audience
            : throw new IOException($"Only {back} of {count} clients were let in.");
    }

    /// <summary>One client with the controller's account.</summary>
    public static LoadAudience GatherController(int port, string filter)
    {
        var socket = NewSocket();
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(Hello("reader", OpenAccess.Controller, filter));
        return Greeted([socket], 1, out _);
    }

    /// <summary>All at the same time, as after a power cut; TCP repeats what a full listen queue loses.</summary>
    /// <param name="back">How many were let in; the broker may have closed the connections of the rest.</param>
    public static LoadAudience GatherAtOnce(int port, int count, Func<int, string[]> filters, out long back)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => NewSocket()).ToArray();
        Task.WhenAll(sockets.Select((socket, i) => ConnectAsync(socket, Hello($"node-{i}", null, filters(i)))))
            .GetAwaiter().GetResult();
        return Greeted(sockets, filters(0).Length, out back, mayLose: true);

        async Task ConnectAsync(Socket socket, byte[] hello)
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            socket.Send(hello);
        }
    }

    private static LoadAudience Greeted(Socket[] sockets, int filters, out long back, bool mayLose = false)
    {
        var audience = new LoadAudience(sockets, mayLose);
        back = audience.ReadUntil(sockets.Length, Wire311.GreetingLength(filters), patience: PatienceWithTcp);
        audience.StartAnew();
        return audience;
    }

    /// <summary>A hard close leaves no port behind in TIME_WAIT: rounds follow each other closely.</summary>
    private static Socket NewSocket() =>
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            LingerState = new LingerOption(true, 0)
        };

    private static byte[] Hello(string clientId, string? userName, params string[] filters) =>
        [.. Wire311.Connect(clientId, userName), .. Wire311.Subscribe(filters)];
}
