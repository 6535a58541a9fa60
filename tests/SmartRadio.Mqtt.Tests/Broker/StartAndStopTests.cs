using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Processes;

namespace SmartRadio.Mqtt.Tests.Broker;

public sealed class StartAndStopTests
{
    /// <summary>What becomes the sentence that people are shown: an <see cref="IOException"/> with the cause inside.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Port_that_is_taken_is_an_error_that_says_so(bool isTlsPort)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var certificate = TestCertificate.Create();
        await using var broker = TestBroker.Create(
            options =>
            {
                options.Port = isTlsPort ? 0 : port;
                options.TlsPort = isTlsPort ? port : null;
                options.ConfigureTls = https => https.ServerCertificate = certificate;
            },
            new TestAccess());

        var error = await Assert.ThrowsAsync<IOException>(() => broker.StartAsync(CancellationToken.None));

        Assert.IsType<AddressInUseException>(error.InnerException);
        Assert.Contains($"{port}", error.Message, StringComparison.Ordinal);
        Assert.Null(broker.EndPoint);
        await broker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Stop_before_a_start_does_nothing()
    {
        await using var broker = TestBroker.Create(null, new TestAccess());

        await broker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Another_broker_takes_the_port_of_one_that_has_stopped()
    {
        var first = await TestBroker.StartAsync();
        var port = first.Port;
        using var old = await first.SignInAsync("1");
        await first.DisposeAsync();
        Assert.Null(first.Embedded.EndPoint);

        await using var second = await TestBroker.StartAsync(options => options.Port = port);

        Assert.Equal(port, second.Port);
        using var back = await second.SignInAsync("1");
        await back.HearsNothingAsync();
    }

    [Fact]
    public async Task The_same_broker_starts_again_on_its_port()
    {
        var port = FreePort.Find();
        await using var broker = await TestBroker.StartAsync(options => options.Port = port);
        using var speaker = await broker.SignInAsync("1");
        await speaker.PublishAsync("n/1/here", "on", retain: true);
        await broker.Embedded.StopAsync(CancellationToken.None);

        await broker.Embedded.StartAsync(CancellationToken.None);

        using var back = await broker.SignInAsync("1");
        await back.HearsNothingAsync();
        Assert.Equal((port, 1), (broker.Port, broker.Metrics.Connected));
    }

    [Fact]
    public async Task Clients_of_version_5_are_told_of_a_stop()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.SignInAsync("1");
        using var old = await broker.SignInAsync("2", MqttProtocolVersion.V311);

        await broker.Embedded.StopAsync(CancellationToken.None);

        var farewell = Assert.IsType<MqttDisconnectPacket>(Assert.Single(await client.ReceiveUntilClosedAsync()));
        Assert.Equal(MqttDisconnectReasonCode.ServerShuttingDown, farewell.ReasonCode);
        Assert.Empty(await old.ReceiveUntilClosedAsync());
        Assert.Equal((0, 0), (broker.Metrics.Connected, broker.Metrics.PendingBytes));
    }

    [Fact]
    public async Task Stop_waits_for_no_client_that_does_not_read()
    {
        await using var broker = await TestBroker.StartAsync();
        var stalled = new List<RawClient>();
        foreach (var version in new[] { MqttProtocolVersion.V500, MqttProtocolVersion.V500, MqttProtocolVersion.V311 })
        {
            stalled.Add(await broker.SignInAsync($"{stalled.Count}", version));
            await Flood.WithUnreadAnswersAsync(stalled[^1]);
        }

        using var silent = await broker.OpenAsync();
        var since = Stopwatch.GetTimestamp();

        await broker.Embedded.StopAsync(CancellationToken.None);

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        stalled.ForEach(client => client.Dispose());
    }
}
