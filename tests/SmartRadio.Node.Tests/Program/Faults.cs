using System.Net;
using System.Net.Sockets;
using SmartRadio.Mqtt;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Node.Virtual.Faults;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Node.Virtual.Hardware;
using SmartRadio.Wire;

namespace SmartRadio.Node.Tests.Program;

/// <summary>Faults that befall virtual nodes, as a controller sees them.</summary>
public sealed class Faults_of_virtual_nodes : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-faults-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _said = [];
    private readonly List<NodePlace> _places = [];
    private TestController _controller = null!;
    private FaultDesk _desk = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _controller = await TestController.StartAsync();
        var setting = new FleetSetting(new BrokerAddress("127.0.0.1", _controller.Port), _folder) { Records = false };
        for (byte number = 1; number <= 2; number++)
        {
            _places.Add(new NodePlace(new FleetNode([0, 0, 0, 0, 0, 0, 0, number], $"node {number}", TestController.Secret), setting));
        }

        _desk = new FaultDesk(_places, setting.Broker, TimeProvider.System, _said.Add);
        _running = Task.WhenAll(_places.Select(place => place.RunAsync(_stop.Token)));
        await _controller.BecomesAsync(NameOf(1), Topics.Online);
        await _controller.BecomesAsync(NameOf(2), Topics.Online);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _places.ForEach(place => place.Dispose());
        await _controller.DisposeAsync();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("unplug", "plug")]
    [InlineData("cut", "mend")]
    public async Task A_node_unplugged_or_cut_off_is_gone_until_it_is_back(string fault, string repair)
    {
        await _desk.TypedAsync($"{fault}:2", CancellationToken.None);
        await _controller.BecomesAsync(NameOf(2), Topics.Offline);
        await _desk.TypedAsync($"{repair}:2", CancellationToken.None);
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

        await _desk.RunAsync([Fault.Parse("unplug:1"), Fault.Parse("plug:1@1")], CancellationToken.None);

        Assert.Equal(8000, (await _controller.ReceiptAsync(NameOf(1), ReceiptStep.Finished)).Samples);
    }

    [Fact]
    public async Task A_fault_in_time_happens_at_its_time()
    {
        await _desk.RunAsync([Fault.Parse("wet:1@0s"), Fault.Parse("dry@1")], CancellationToken.None);

        Assert.Equal(["node 1: wet", "node 1: dry"], _said);
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
    public async Task What_is_no_fault_is_said(string line)
    {
        await _desk.TypedAsync(line, CancellationToken.None);

        Assert.Contains(line == "unplug:3" ? "There is no node 3 for unplug to befall: the fleet has 2." : "is no fault such as", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thief_with_a_secret_throws_its_node_out_for_a_moment()
    {
        await _desk.TypedAsync("steal:1", CancellationToken.None);

        Assert.Contains("thief: connect as node 1: done", _said[0], StringComparison.Ordinal);
        await _controller.BecomesAsync(NameOf(1), Topics.Online);
    }

    [Fact]
    public async Task A_thief_of_the_only_node_goes_for_one_elsewhere()
    {
        var alone = new FaultDesk([_places[0]], new BrokerAddress("127.0.0.1", _controller.Port), TimeProvider.System, _said.Add);

        await alone.TypedAsync("steal", CancellationToken.None);

        Assert.Equal(["thief: say that node 1 is well: done", "thief: read the commands to another node: done", "thief: command another node to sound: done", "thief: say that another node is off: done"], _said[1..]);
        await _controller.BecomesAsync("ffffffffffffffff", Topics.Offline);
    }

    [Fact]
    public async Task A_thief_who_is_at_it_when_the_program_ends_ends_with_it()
    {
        using var ends = new CancellationTokenSource();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var desk = new FaultDesk(_places, new BrokerAddress("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port), TimeProvider.System, _said.Add);
        var stealing = desk.RunAsync([Fault.Parse("steal")], ends.Token);
        using var connected = await silent.AcceptSocketAsync();

        await ends.CancelAsync();
        await stealing;

        Assert.Empty(_said);
    }

    [Fact]
    public async Task A_thief_speaks_TLS_as_the_node_does_and_who_does_not_answer_has_not_refused()
    {
        const byte handshake = 22;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var broker = new BrokerAddress("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, Tls: true);
        var stealing = new FaultDesk(_places, broker, TimeProvider.System, _said.Add).TypedAsync("steal", CancellationToken.None);
        var first = new byte[1];
        using (var caller = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            await caller.GetStream().ReadExactlyAsync(first, TestContext.Current.CancellationToken);
        }

        await stealing;

        Assert.Equal(handshake, first[0]);
        Assert.StartsWith($"thief: connect as node 1: the broker {broker} could not be reached, ", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thief_whom_the_broker_does_not_let_in_is_refused()
    {
        await using var wary = await TestController.StartAsync(authenticator: new ControllerOnly());

        await new FaultDesk(_places, new BrokerAddress("127.0.0.1", wary.Port), TimeProvider.System, _said.Add).TypedAsync("steal", CancellationToken.None);

        Assert.Equal(["thief: connect as node 1: refused, NotAuthorized"], _said);
    }

    [Fact]
    public async Task What_cannot_befall_a_node_is_not_said_to_have()
    {
        await _desk.TypedAsync("plug:2", CancellationToken.None);
        await _desk.TypedAsync("unplug:2", CancellationToken.None);
        await _desk.TypedAsync("cut:2", CancellationToken.None);
        await _desk.TypedAsync("mend:2", CancellationToken.None);
        await _desk.TypedAsync("stop:2", CancellationToken.None);
        await _desk.TypedAsync("unplug:2", CancellationToken.None);

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

    private static string NameOf(byte number) => Hex.Encode([0, 0, 0, 0, 0, 0, 0, number]);

    private sealed class ControllerOnly : IMqttAuthenticator
    {
        public ValueTask<MqttAuthentication> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellationToken) =>
            new(request.ClientId == "controller" ? MqttAuthentication.Accept(request.ClientId) : MqttAuthentication.Refuse(MqttReasonCode.NotAuthorized));
    }
}

public sealed class Hardware_by_profile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-profile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Is_read_from_a_file()
    {
        var profile = NodeProfile.Read(Written("""{"storage":"3MB","drift":40,"flashDelay":30,"signal":-75,"sag":20}"""));

        Assert.Equal(3 * 1024 * 1024, profile.StorageBytes);
        Assert.Equal((40.0, 30, -75, 20), (profile.Drift, profile.FlashDelay, profile.Signal, profile.Sag));
    }

    [Theory]
    [InlineData("not json", "is not a profile in JSON")]
    [InlineData("""{"colour":"red"}""", "is not a profile in JSON")]
    [InlineData("""{"storage":"3"}""", "is no size")]
    [InlineData("""{"storage":"-3MB"}""", "is no size")]
    [InlineData("""{"drift":1000}""", "profile.json: drift must be a number from -200 to 200 (parts per million)")]
    [InlineData("""{"signal":5}""", "profile.json: signal must be a whole number from -100 to -20 (dBm)")]
    public void Is_refused_with_a_sentence_when_it_is_wrong(string content, string expected) =>
        Assert.Contains(expected, Assert.Throws<FleetException>(() => NodeProfile.Read(Written(content))).Message, StringComparison.Ordinal);

    [Fact]
    public void Storage_that_is_full_refuses_and_gives_back_what_is_deleted()
    {
        var files = new SharedSoundFiles(new FolderFiles(_folder, 10_000), new SharedSounds());
        Assert.True(files.WriteAt("o1", 0, new byte[6000]));
        Assert.False(files.WriteAt("o2", 0, new byte[6000]));
        Assert.False(files.Write("plan.0", new byte[6000]));

        files.Delete("o1");

        Assert.True(files.WriteAt("o2", 0, new byte[3000]));
    }

    [Fact]
    public void Shared_sounds_are_held_once_and_read_as_written()
    {
        var sounds = new SharedSounds();
        byte[] piece = [1, 2, 3, 4];
        var first = new SharedSoundFiles(new FolderFiles(Path.Combine(_folder, "a"), 10_000), sounds);
        var second = new SharedSoundFiles(new FolderFiles(Path.Combine(_folder, "b"), 10_000), sounds);
        first.WriteAt("o1", 0, piece);
        first.WriteAt("o1", 4, [5, 6]);
        second.WriteAt("o1", 0, [1, 2, 3, 4]);

        Assert.Same(piece, sounds.CopyOf([1, 2, 3, 4]));
        var read = new byte[10];
        Assert.Equal(4, first.ReadAt("o1", 2, read, 10));
        Assert.Equal([3, 4, 5, 6], read[..4]);
    }

    [Fact]
    public void A_crystal_runs_fast_or_slow()
    {
        var time = new SteppedTime();
        var crystal = new Crystal(time, 40);
        var start = crystal.Microseconds;
        time.Now += TimeSpan.FromHours(1);

        Assert.Equal((3600L * 1_000_000) + (3600 * 40), crystal.Microseconds - start);
    }

    [Fact]
    public void A_signal_sags_and_comes_back()
    {
        var time = new SteppedTime();
        var sensors = new Sensors(new NodeProfile { Signal = -70, Sag = 24 }, time);
        var seen = new List<int>();
        for (var second = 0; second <= 60; second += 15)
        {
            seen.Add(sensors.Signal);
            time.Now += TimeSpan.FromSeconds(15);
        }

        Assert.Equal([-70, -82, -94, -82, -70], seen);
    }

    private string Written(string content)
    {
        var path = Path.Combine(_folder, "profile.json");
        File.WriteAllText(path, content);
        return path;
    }

    private sealed class SteppedTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
