using System.Net;
using System.Net.Sockets;
using SmartRadio.Node.Virtual.Fleet;

namespace SmartRadio.Node.Tests.Program;

public sealed class FleetCommandTests : IDisposable
{
    private const string Node =
        """{"id":"0011223344556677","name":"Loa 1","secret":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}""";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-fleet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("not json", "is not a list of nodes in JSON")]
    [InlineData("null", "is empty")]
    [InlineData("""{"nodes":[]}""", "names no nodes")]
    [InlineData("""{"nodes":[{"id":"00","secret":"AA=="}]}""", "node 1 has no id of 16 lower-case hexadecimal digits")]
    [InlineData("""{"nodes":[{"id":"0011223344556677","secret":"AA=="}]}""", "node 1 has no secret of 32 bytes in base64")]
    [InlineData($$"""{"nodes":[{{Node}},{{Node}}]}""", "names the node 0011223344556677 twice")]
    [InlineData($$"""{"broker":{"host":"","port":1},"nodes":[{{Node}}]}""", "the broker needs a host and a port")]
    [InlineData($$"""{"broker":{"host":"x","port":99999},"nodes":[{{Node}}]}""", "the broker needs a host and a port")]
    public void Fleet_program_says_in_one_sentence_what_is_wrong_with_its_file(string content, string expected)
    {
        var file = Path.Combine(_folder, "nodes.json");
        File.WriteAllText(file, content);

        Assert.Contains(expected, Assert.Throws<FleetException>(() => FleetFile.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host")]
    [InlineData(":1883")]
    [InlineData("host:0")]
    [InlineData("host:70000")]
    public void Fleet_program_says_what_is_wrong_with_the_broker(string address) =>
        Assert.Throws<FleetException>(() => BrokerAddress.Parse(address));

    [Theory]
    [InlineData("")]
    [InlineData("fleet --nodes missing.json --data out")]
    [InlineData("fleet --data out")]
    [InlineData("fleet --nodes missing.json --data out --broker nowhere")]
    public async Task Fleet_program_ends_with_code_2_on_bad_arguments(string arguments)
    {
        await using var program = NodeProgram.Start(_folder, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var (code, problem) = await program.EndAsync();

        Assert.Equal(2, code);
        Assert.Single(problem.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Fleet_program_speaks_TLS_as_the_file_says_to_another_address_too()
    {
        const byte handshake = 22;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var file = Path.Combine(_folder, "nodes.json");
        await File.WriteAllTextAsync(file, $$"""{"broker":{"host":"radio.example","port":8883,"tls":true},"nodes":[{{Node}}]}""");
        await using var program = NodeProgram.Start(
            _folder, "fleet", "--nodes", file, "--data", _folder, "--broker", listener.LocalEndpoint.ToString()!);

        using var caller = await listener.AcceptTcpClientAsync().WaitAsync(Limit);
        var first = new byte[1];
        await caller.GetStream().ReadExactlyAsync(first).AsTask().WaitAsync(Limit);

        Assert.Equal(handshake, first[0]);
    }

    [Fact]
    public async Task Fleet_program_stops_when_its_standard_input_ends()
    {
        var file = Path.Combine(_folder, "nodes.json");
        await File.WriteAllTextAsync(file, $$"""{"nodes":[{{Node}}]}""");
        await using var program = NodeProgram.Start(
            _folder, "fleet", "--nodes", file, "--data", _folder, "--broker", "127.0.0.1:1", "--exit-with-stdin");
        await program.SaysAsync("1 virtual node, broker 127.0.0.1:1");

        program.CloseInput();

        Assert.Equal(0, (await program.EndAsync()).Code);
    }

    [Fact]
    public async Task Fleet_program_stops_when_its_standard_input_cannot_be_read()
    {
        var file = Path.Combine(_folder, "nodes.json");
        await File.WriteAllTextAsync(file, $$"""{"nodes":[{{Node}}]}""");
        await using var program = NodeProgram.StartHearing(
            "/", _folder, "fleet", "--nodes", file, "--data", _folder, "--broker", "127.0.0.1:1", "--exit-with-stdin");

        Assert.Equal(0, (await program.EndAsync()).Code);
    }
}
