using System.Net;
using System.Net.Sockets;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Node.Tests.Program;

/// <summary>
/// Brokers that refuse, hang or talk nonsense, names that nobody knows: over real TCP, with the virtual node's program.
/// </summary>
public sealed class BadLinkTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly FleetNode Node = new([0, 0, 0, 0, 0, 0, 0, 1], "node 1", StubController.Secret);
    private static readonly string Name = Hex.Encode(Node.Id);

    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-link-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>CONNACK "not authorised", CONNACK "server busy", garbage, an endless packet, and an end without a word.</summary>
    [Theory]
    [InlineData("2003008700")]
    [InlineData("2003008900")]
    [InlineData("48545450")]
    [InlineData("20ffffff7f00")]
    [InlineData("")]
    public async Task Node_comes_back_when_a_broker_that_rejected_it_is_well_again(string answer)
    {
        using var bad = new TcpListener(IPAddress.Loopback, 0);
        bad.Start();
        var port = ((IPEndPoint)bad.LocalEndpoint).Port;
        _running = RunAsync(new BrokerAddress("127.0.0.1", port));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var client = await bad.AcceptTcpClientAsync().WaitAsync(Limit);
            var stream = client.GetStream();
            Assert.Equal(20, await stream.ReadAtLeastAsync(new byte[20], 20).AsTask().WaitAsync(Limit));
            await stream.WriteAsync(Convert.FromHexString(answer), TestContext.Current.CancellationToken);
        }

        bad.Stop();
        await using var good = await StubController.StartAsync(port);
        await good.BecomesAsync(Name, Topics.Online);
    }

    [Fact]
    public async Task Node_says_nothing_in_the_clear_to_a_broker_that_is_to_speak_TLS()
    {
        using var broker = new TcpListener(IPAddress.Loopback, 0);
        broker.Start();
        _running = RunAsync(new BrokerAddress("localhost", ((IPEndPoint)broker.LocalEndpoint).Port, Tls: true));
        using var client = await broker.AcceptTcpClientAsync().WaitAsync(Limit);
        var first = new byte[1];

        await client.GetStream().ReadExactlyAsync(first).AsTask().WaitAsync(Limit);

        // A TLS record of the handshake (RFC 8446, 5.1); an MQTT CONNECT begins with 16.
        Assert.Equal(22, first[0]);
    }

    [Fact]
    public async Task Node_plays_what_it_has_while_no_name_can_be_resolved()
    {
        var sound = new BenchSound(1, 8000);
        await using (var controller = await StubController.StartAsync())
        {
            controller.Serve(sound);
            using var first = new CancellationTokenSource();
            var running = RunAsync(new BrokerAddress("127.0.0.1", controller.Port), first.Token);
            await controller.BecomesAsync(Name, Topics.Online);
            await controller.SendAsync(
                Name, CommandType.Plan, PlanOf(sound, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 6000).Write());
            await controller.ReceiptAsync(Name, ReceiptStep.Verified);
            await first.CancelAsync();
            await running;
        }

        _running = RunAsync(new BrokerAddress("no-such-host.invalid", 1883));

        await RecordedAsync(16_044);
    }

    [Fact]
    public async Task Empty_and_oversized_messages_from_a_stranger_change_nothing()
    {
        await using var controller = await StubController.StartAsync();
        var sound = new BenchSound(1, 4000);
        controller.Serve(sound);
        _running = RunAsync(new BrokerAddress("127.0.0.1", controller.Port));
        await controller.BecomesAsync(Name, Topics.Online);
        foreach (var length in new[] { 0, 1, 4097, 100_000, 900_000 })
        {
            await controller.PublishAsync(Topics.Command(Name), new byte[length]);
        }

        await controller.SendAsync(
            Name, CommandType.Plan, PlanOf(sound, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 1500).Write());
        Assert.Equal(4000, (await controller.ReceiptAsync(Name, ReceiptStep.Finished)).Samples);
    }

    private static Plan PlanOf(BenchSound sound, long start) =>
        new() { Number = 1, Volume = 100, UtcOffset = 420, Entries = [Station.Entry(1, sound, start)] };

    private Task RunAsync(BrokerAddress broker) => RunAsync(broker, _stop.Token);

    private async Task RunAsync(BrokerAddress broker, CancellationToken stop)
    {
        using var hosted = new VirtualNode(Node, new FleetSetting(broker, _folder));
        await hosted.RunAsync(stop);
    }

    private Task RecordedAsync(int bytes) => Poll.UntilAsync($"{bytes} bytes are recorded", () =>
    {
        var wav = new FileInfo(Path.Combine(_folder, Name + ".wav"));
        return wav.Exists && wav.Length >= bytes;
    });
}
