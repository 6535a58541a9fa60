using System.Net;
using System.Net.Sockets;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Node.Virtual.Faults;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Node.Tests.Program;

/// <summary>Faults that befall virtual nodes, as a controller sees them.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-faults-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _said = [];
    private readonly List<NodeHost> _hosts = [];
    private StubController _controller = null!;
    private FaultHandler _handler = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _controller = await StubController.StartAsync();
        var setting = new FleetSetting(new BrokerAddress("127.0.0.1", _controller.Port), _folder) { Records = false };
        for (byte number = 1; number <= 2; number++)
        {
            _hosts.Add(
                new NodeHost(new FleetNode([0, 0, 0, 0, 0, 0, 0, number], $"node {number}", StubController.Secret), setting));
        }

        _handler = new FaultHandler(_hosts, setting.Broker, TimeProvider.System, _said.Add);
        _running = Task.WhenAll(_hosts.Select(host => host.RunAsync(_stop.Token)));
        await _controller.BecomesAsync(NameOf(1), Topics.Online);
        await _controller.BecomesAsync(NameOf(2), Topics.Online);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _hosts.ForEach(host => host.Dispose());
        await _controller.DisposeAsync();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("unplug", "plug")]
    [InlineData("cut", "mend")]
    public async Task A_node_unplugged_or_cut_off_is_gone_until_it_is_back(string fault, string repair)
    {
        await _handler.TypedAsync($"{fault}:2", CancellationToken.None);
        await _controller.BecomesAsync(NameOf(2), Topics.Offline);
        await _handler.TypedAsync($"{repair}:2", CancellationToken.None);
        await _controller.BecomesAsync(NameOf(2), Topics.Online);

        Assert.Equal([$"node 2: {fault}", $"node 2: {repair}"], _said);
    }

    [Fact]
    public async Task An_unplugged_node_goes_on_from_its_storage()
    {
        var sound = new BenchSound(1, 8000);
        _controller.Serve(sound);
        await _controller.SendAsync(NameOf(1), CommandType.Plan, new Plan
        {
            Number = 1,
            Volume = 100,
            UtcOffset = 420,
            Entries = [Station.Entry(1, sound, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 6000)],
        }.Write());
        await _controller.ReceiptAsync(NameOf(1), ReceiptStep.Verified);

        await _handler.RunAsync([Fault.Parse("unplug:1"), Fault.Parse("plug:1@1")], CancellationToken.None);

        Assert.Equal(8000, (await _controller.ReceiptAsync(NameOf(1), ReceiptStep.Finished)).Samples);
    }

    [Fact]
    public async Task A_fault_in_time_happens_at_its_time()
    {
        var time = new SettableTime();
        var handler = new FaultHandler(_hosts, new BrokerAddress("127.0.0.1", _controller.Port), time, _said.Add);
        var running = handler.RunAsync([Fault.Parse("dry:2@1"), Fault.Parse("wet:1@30s")], CancellationToken.None);
        Assert.Empty(_said);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["node 2: dry"], _said);
        time.Advance(TimeSpan.FromSeconds(28.9));
        Assert.Single(_said);
        time.Advance(TimeSpan.FromSeconds(0.1));
        await running.WaitAsync(Limit);

        Assert.Equal(["node 2: dry", "node 1: wet"], _said);
    }

    [Theory]
    [InlineData("")]
    [InlineData("burn")]
    [InlineData("unplug:0")]
    [InlineData("unplug:3")]
    [InlineData("unplug@soon")]
    [InlineData("unplug@5000000")]
    [InlineData("cut,mend")]
    [InlineData("0")]
    public async Task Unknown_fault_is_said(string line)
    {
        await _handler.TypedAsync(line, CancellationToken.None);

        Assert.Contains(
            line == "unplug:3" ? "There is no node 3 for unplug to befall: the fleet has 2." : "is no fault such as",
            Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thief_with_a_secret_throws_its_node_out_for_a_moment()
    {
        await StealAsync(_handler);

        Assert.Contains("thief: connect as node 1: done", _said[0], StringComparison.Ordinal);
        await _controller.HearsAsync(NameOf(1), [Topics.Online, Topics.Offline, Topics.Online]);
    }

    [Fact]
    public async Task A_thief_of_the_only_node_goes_for_one_elsewhere()
    {
        var alone = new FaultHandler(
            [_hosts[0]], new BrokerAddress("127.0.0.1", _controller.Port), TimeProvider.System, _said.Add);

        await StealAsync(alone);

        Assert.Equal(
            ["thief: say that node 1 is well: done", "thief: read the commands to another node: done",
                "thief: command another node to sound: done", "thief: say that another node is off: done"], _said[1..]);
        await _controller.BecomesAsync("ffffffffffffffff", Topics.Offline);
    }

    [Fact]
    public async Task A_thief_who_is_at_it_when_the_program_ends_ends_with_it()
    {
        using var ends = new CancellationTokenSource();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var handler = new FaultHandler(
            _hosts, new BrokerAddress("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port), TimeProvider.System, _said.Add);
        var stealing = handler.RunAsync([Fault.Parse("steal")], ends.Token);
        using var connected = await silent.AcceptSocketAsync().WaitAsync(Limit);

        await ends.CancelAsync();
        await stealing.WaitAsync(Limit);

        Assert.Empty(_said);
    }

    [Fact]
    public async Task Lines_typed_behind_a_thief_do_not_wait_for_him()
    {
        using var ends = new CancellationTokenSource();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var handler = new FaultHandler(
            _hosts, new BrokerAddress("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port), TimeProvider.System, _said.Add);

        await handler.TypedAsync("steal", ends.Token);
        await handler.TypedAsync("wet", ends.Token);

        Assert.Equal(["node 1: wet"], _said);
        await ends.CancelAsync();
    }

    [Fact]
    public async Task A_thief_speaks_TLS_and_takes_no_answer_for_no_rejection()
    {
        const byte handshake = 22;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var broker = new BrokerAddress("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, Tls: true);
        var stealing = StealAsync(new FaultHandler(_hosts, broker, TimeProvider.System, _said.Add));
        var first = new byte[1];
        using (var caller = await listener.AcceptTcpClientAsync().WaitAsync(Limit))
        {
            await caller.GetStream().ReadExactlyAsync(first).AsTask().WaitAsync(Limit);
        }

        await stealing;

        Assert.Equal(handshake, first[0]);
        Assert.StartsWith(
            $"thief: connect as node 1: the broker {broker} could not be reached, ", Assert.Single(_said),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thief_whom_the_broker_does_not_let_in_is_rejected()
    {
        await using var wary = await StubController.StartAsync(mayEnter: clientId => clientId == "controller");

        await StealAsync(new FaultHandler(_hosts, new BrokerAddress("127.0.0.1", wary.Port), TimeProvider.System, _said.Add));

        Assert.Equal(["thief: connect as node 1: rejected, BadUserNameOrPassword"], _said);
    }

    [Fact]
    public async Task Impossible_fault_is_not_said_to_have_happened()
    {
        await _handler.TypedAsync("plug:2", CancellationToken.None);
        await _handler.TypedAsync("unplug:2", CancellationToken.None);
        await _handler.TypedAsync("cut:2", CancellationToken.None);
        await _handler.TypedAsync("mend:2", CancellationToken.None);
        await _handler.TypedAsync("stop:2", CancellationToken.None);
        await _handler.TypedAsync("unplug:2", CancellationToken.None);

        Assert.Equal(
            [
                "node 2: plug changes nothing, it has power.",
                "node 2: unplug",
                "node 2: cut changes nothing, it does not run.",
                "node 2: mend changes nothing, it does not run.",
                "node 2: stop changes nothing, it does not run.",
                "node 2: unplug changes nothing, it has no power.",
            ],
            _said);
    }

    private static Task StealAsync(FaultHandler handler) =>
        handler.RunAsync([Fault.Parse("steal:1")], CancellationToken.None).WaitAsync(Limit);

    private static string NameOf(byte number) => Hex.Encode([0, 0, 0, 0, 0, 0, 0, number]);
}
