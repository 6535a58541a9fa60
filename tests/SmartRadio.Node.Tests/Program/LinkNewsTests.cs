using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using MQTTnet;
using MQTTnet.Exceptions;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Tests.Program;

/// <summary>What the program says of its nodes' links, once for each change.</summary>
public sealed class LinkNewsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-links-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Link_is_said_when_nothing_answers_and_when_it_comes_back_and_goes()
    {
        var nothing = new TcpListener(IPAddress.Loopback, 0);
        nothing.Start();
        var port = ((IPEndPoint)nothing.LocalEndpoint).Port;
        await WriteNodesAsync("node.json", port, 1);
        await using var program = NodeProgram.Start(_folder, "run", "--data", _folder, "--exit-with-stdin");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await nothing.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
        }

        nothing.Stop();
        await using (await StubController.StartAsync(port))
        {
            await program.SaysAsync("node 1: connected to the broker");
        }

        await program.SaysAsync("node 1: the link to the broker");
        await program.SaysAsync("cannot be reached");
        await using var again = await StubController.StartAsync(port);
        await program.SaysAsync("node 1: connected");
        program.CloseInput();
        Assert.Equal(0, (await program.EndAsync()).Code);

        var said = program.Said.Where(line => line.StartsWith("node 1: ", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(said.Zip(said.Skip(1)), two => StartOf(two.First) == StartOf(two.Second));
        Assert.Contains($"127.0.0.1:{port} cannot be reached", said[0], StringComparison.Ordinal);
        Assert.Contains(
            "Does the controller run, and are host and port right (--broker HOST:PORT)?", said[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_is_said_when_the_broker_rejects_the_node_and_no_longer_does()
    {
        var gate = new Gate(NameOf(1));
        await using var controller = await StubController.StartAsync(mayEnter: gate.MayEnter);
        await WriteNodesAsync("node.json", controller.Port, 1);
        await using var program = NodeProgram.Start(_folder, "run", "--data", _folder, "--exit-with-stdin");
        await gate.RefusedThriceAsync();
        gate.Open();
        await program.SaysAsync("node 1: connected");
        program.CloseInput();
        await program.EndAsync();

        var rejected = Assert.Single(
            program.Said, line => line.Contains("rejects it (BadUserNameOrPassword)", StringComparison.Ordinal));
        Assert.Contains("or has revoked it", rejected, StringComparison.Ordinal);
        Assert.Contains("enrol it anew", rejected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_is_said_when_a_fault_cuts_it_and_mends_it()
    {
        await using var controller = await StubController.StartAsync();
        await WriteNodesAsync("node.json", controller.Port, 1);
        await using var program = NodeProgram.Start(_folder, "run", "--data", _folder, "--faults-from-stdin");
        await program.SaysAsync("node 1: connected");
        await program.TypeAsync("cut");
        await program.SaysAsync("node 1: off the network.");
        await program.TypeAsync("mend");
        await program.SaysAsync("node 1: connected");
    }

    [Fact]
    public void Link_is_said_when_the_certificate_is_not_trusted()
    {
        var said = new List<string>();
        var news = new LinkNews(
            "node 1",
            new FleetSetting(new BrokerAddress("radio", 8883, Tls: true), _folder) { Links = new FleetLinks(said.Add) });

        news.Ended(
            new LinkEnd(
                Problem: new MqttCommunicationException(
                    "", new AuthenticationException("The remote certificate was rejected."))));
        news.Ended(
            new LinkEnd(
                Problem: new MqttCommunicationException(
                    "", new AuthenticationException("The remote certificate was rejected."))));

        Assert.StartsWith(
            "node 1: the broker radio:8883 shows a certificate that this machine does not trust (The remote certificate was rejected).", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public void Link_is_said_again_when_the_reason_is_another_one()
    {
        var said = new List<string>();
        var news = NewsOf("node 1", new FleetLinks(said.Add));
        foreach (var end in new LinkEnd[]
        {
            new(Problem: new SocketException((int)SocketError.ConnectionRefused)),
            new(Problem: new AuthenticationException("The remote certificate was rejected.")),
            new(Rejection: MqttClientConnectResultCode.ServerBusy),
            new(Rejection: MqttClientConnectResultCode.NotAuthorized),
        })
        {
            news.Ended(end);
            news.Ended(end);
        }

        Assert.Collection(
            said,
            line => Assert.Contains("cannot be reached", line, StringComparison.Ordinal),
            line => Assert.Contains("shows a certificate that this machine does not trust", line, StringComparison.Ordinal),
            line => Assert.Contains("rejects it (ServerBusy)", line, StringComparison.Ordinal),
            line => Assert.Contains("rejects it (NotAuthorized)", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Link_is_counted_and_shown_when_another_takes_it_over()
    {
        var links = new FleetLinks();
        var news = NewsOf("node 1", links);
        news.Connected();
        news.Ended(new LinkEnd(Said: MqttClientDisconnectReason.SessionTakenOver));

        Assert.Equal("0 of 2 connected, 1 lost", links.Counts(2));
        Assert.Contains(
            "Somebody else connected as this node: does it run twice?", Assert.Single(links.Examples()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Link_is_not_shown_of_a_node_that_is_well_again()
    {
        var links = new FleetLinks();
        var (ill, well) = (NewsOf("node 1", links), NewsOf("node 2", links));
        var rejected = new LinkEnd(Rejection: MqttClientConnectResultCode.NotAuthorized);
        ill.Ended(rejected);
        well.Ended(rejected);
        well.Connected();

        Assert.Equal("1 of 2 connected, 1 rejected", links.Counts(2));
        Assert.StartsWith("node 1: ", Assert.Single(links.Examples()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_is_counted_for_a_fleet()
    {
        var gate = new Gate(NameOf(2));
        await using var controller = await StubController.StartAsync(mayEnter: gate.MayEnter);
        await WriteNodesAsync("nodes.json", controller.Port, 2);
        await using var program = NodeProgram.Start(
            _folder, "fleet", "--nodes", "nodes.json", "--data", "data", "--exit-with-stdin");

        await program.SaysAsync("1 of 2 connected, 1 rejected");
        await program.SaysAsync("node 2: the broker");
        gate.Open();
        await program.SaysAsync("2 of 2 connected");
    }

    private static string StartOf(string line) => line[..line.IndexOf("127.0.0.1", StringComparison.Ordinal)];

    private static string NameOf(byte number) => Hex.Encode([0, 0, 0, 0, 0, 0, 0, number]);

    private LinkNews NewsOf(string node, FleetLinks links) =>
        new(node, new FleetSetting(new BrokerAddress("radio", 8883, Tls: true), _folder) { Links = links });

    private Task WriteNodesAsync(string file, int port, byte count)
    {
        var secret = Convert.ToBase64String(StubController.Secret);
        var nodes = Enumerable.Range(1, count)
            .Select(number => $$"""{"id":"{{NameOf((byte)number)}}","name":"node {{number}}","secret":"{{secret}}"}""");
        return File.WriteAllTextAsync(
            Path.Combine(_folder, file),
            $$"""{"broker":{"host":"127.0.0.1","port":{{port}}},"nodes":[{{string.Join(',', nodes)}}]}""");
    }

    /// <summary>Lets one node in only once it is open.</summary>
    private sealed class Gate(string node)
    {
        private readonly TaskCompletionSource _thrice = new();
        private int _rejected;
        private volatile bool _isOpen;

        public void Open() => _isOpen = true;

        public Task RefusedThriceAsync() => _thrice.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public bool MayEnter(string clientId)
        {
            if (_isOpen || clientId != node)
            {
                return true;
            }

            if (Interlocked.Increment(ref _rejected) == 3)
            {
                _thrice.TrySetResult();
            }

            return false;
        }
    }
}
