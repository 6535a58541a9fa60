using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using SmartRadio.Node.Link;
using SmartRadio.Node.Virtual.Fleet;

namespace SmartRadio.Node.Tests.Program;

/// <summary>A broker that announces more than it may. Nothing runs beside it, for it counts what is allocated.</summary>
[Collection(nameof(PacketFenceTests))]
[CollectionDefinition(nameof(PacketFenceTests), DisableParallelization = true)]
public sealed class PacketFenceTests
{
    /// <summary>A CONNACK of version 5 that lets the node in.</summary>
    private static readonly byte[] Welcome = [0x20, 3, 0, 0, 0];

    /// <summary>With MQTTnet's 8 KiB, less than one segment on loopback, TCP waits for each.</summary>
    [Fact]
    public void Fence_is_told_to_the_broker_and_sockets_hold_as_much()
    {
        var identity = new NodeIdentity(new byte[8], new byte[32], "virtual", "0");

        var login = NodeLogin.Of(identity, new BrokerAddress("radio", 1883)).Build();

        Assert.Equal(65_536u, login.MaximumPacketSize);
        Assert.Equal(65_536, Assert.IsType<MqttClientTcpOptions>(login.ChannelOptions).BufferSize);
    }

    /// <summary>A PUBLISH of 268,435,455 bytes (MQTT 5, 1.5.5), one of 64 KiB and a byte, and a length of five bytes.</summary>
    [Theory]
    [InlineData(true, "30FFFFFF7F000161")]
    [InlineData(false, "30FFFFFF7F000161")]
    [InlineData(true, "30818004")]
    [InlineData(true, "30FFFFFFFF01")]
    public async Task Ends_the_link_with_a_reason_and_takes_no_memory(bool isLetIn, string bytes)
    {
        using var broker = new TcpListener(IPAddress.Loopback, 0);
        broker.Start();
        var said = new TaskCompletionSource<string>();
        var address = new BrokerAddress("127.0.0.1", ((IPEndPoint)broker.LocalEndpoint).Port);
        var setting = new FleetSetting(address, Path.GetTempPath()) { Links = new FleetLinks(Take) };
        var identity = new NodeIdentity(new byte[8], new byte[32], "virtual", "0");
        var node = new NodeConnection(identity, setting, new LinkNews("node 1", setting), NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var before = GC.GetTotalAllocatedBytes();
        var running = node.RunAsync(stop.Token, CancellationToken.None);
        using var link = await broker.AcceptSocketAsync(stop.Token);
        var buffer = new byte[1024];
        await link.ReceiveAsync(buffer);

        await link.SendAsync((byte[])[.. isLetIn ? Welcome : [], .. Convert.FromHexString(bytes)]);

        while (await link.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(20)) > 0)
        {
            // What the node says before it ends the link.
        }

        await said.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 32 * 1024 * 1024);
        await stop.CancelAsync();
        await running;

        void Take(string line)
        {
            if (line.Contains("A packet of more than 65536 bytes is announced", StringComparison.Ordinal))
            {
                said.TrySetResult(line);
            }
        }
    }
}
