using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartRadio.Node.Virtual.Enrolment;
using SmartRadio.Node.Virtual.Fleet;

namespace SmartRadio.Node.Tests.Program;

/// <summary>smartradio-node enrol before answers that are not those of a controller in good health.</summary>
public sealed class EnrolCommandTests : IDisposable
{
    private const string Code = "2222-2222-2222";
    private const string Identity =
        "\"nodeId\":\"0011223344556677\",\"secret\":\"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\"";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-enrolling-").FullName;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public EnrolCommandTests() => _listener.Start();

    private string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose()
    {
        _listener.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("200 OK", "{" + Identity + ",\"name\":\"Loa\"}")]
    [InlineData("200 OK", "{" + Identity + ",\"name\":\"Loa\",\"broker\":{\"host\":\"\",\"port\":0}}")]
    [InlineData("200 OK", "{\"name\":\"Loa\",\"broker\":{\"host\":\"radio\",\"port\":1883}}")]
    [InlineData("200 OK", "<html>")]
    [InlineData("200 OK", "")]
    [InlineData("200 OK", "null")]
    public async Task Program_asks_for_a_new_code_when_what_it_got_for_its_own_is_not_whole(string status, string body)
    {
        var problem = await RefusalAsync("http", Answer(status, body));

        Assert.Equal(
            $"The answer of {Host} is not whole, and the code may be spent. Have a new code made on the node's page.", problem);
        Assert.False(File.Exists(NodeFile.In(_folder)));
    }

    [Theory]
    [InlineData("404 Not Found", "<html>", "404")]
    [InlineData("429 Too Many Requests", "", "429")]
    [InlineData("502 Bad Gateway", "{}", "502")]
    [InlineData("400 Bad Request", "[1]", "400")]
    public async Task Program_says_what_was_answered_where_no_reason_is_given(string status, string body, string expected) =>
        Assert.Equal(
            $"{Host} answered {expected}. Is it the controller, at the address of the enrolment page?",
            await RefusalAsync("http", Answer(status, body)));

    [Fact]
    public async Task Program_says_the_reason_that_is_given() =>
        Assert.Equal(
            "The code was used.",
            await RefusalAsync("http", Answer("422 Unprocessable Content", """{"detail":"The code was used."}""")));

    [Fact]
    public async Task Program_says_what_is_wrong_and_not_where_to_look_for_it()
    {
        var problem = await RefusalAsync("https", Answer("400 Bad Request", ""));

        Assert.Contains("does not answer as a controller", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("inner exception", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_keeps_from_the_terminal_what_a_name_would_command_it()
    {
        await using var program = NodeProgram.Start(
            _folder, "enrol", "--url", "http://" + Host, "--code", Code, "--data", "node");
        await AnswerAsync(
            Answer("200 OK", "{" + Identity
                + ",\"name\":\"Loa \\u001b[2J\\u0007\",\"broker\":{\"host\":\"radio\",\"port\":1883}}"));

        Assert.Equal((0, ""), await program.EndAsync());
        Assert.Equal(
            "This is node 0011223344556677 (Loa [2J) now. Run it with: smartradio-node run --data node",
            Assert.Single(program.Said));
    }

    private static string Answer(string status, string body) =>
        $"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

    private async Task<string> RefusalAsync(string scheme, string answer)
    {
        var answering = AnswerAsync(answer);
        var refused = await Assert.ThrowsAsync<FleetException>(
            () => EnrolCommand.RunAsync($"{scheme}://{Host}", Code, _folder, CancellationToken.None).WaitAsync(Limit));
        await answering;
        return refused.Message;
    }

    /// <summary>Answers the first caller, once it has given its code or its first packet of TLS.</summary>
    private async Task AnswerAsync(string answer)
    {
        const byte handshake = 22;
        using var caller = await _listener.AcceptTcpClientAsync().WaitAsync(Limit);
        var stream = caller.GetStream();
        var asked = new List<byte>();
        var piece = new byte[4096];
        do
        {
            var length = await stream.ReadAsync(piece).AsTask().WaitAsync(Limit);
            Assert.NotEqual(0, length);
            asked.AddRange(piece[..length]);
        }
        while (asked[0] != handshake && !asked.Contains((byte)'}'));

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        // Only who hears no more closes: what is not read would take the answer back.
        caller.Client.Shutdown(SocketShutdown.Send);
        while (await stream.ReadAsync(piece).AsTask().WaitAsync(Limit) > 0)
        {
            // The rest of what was asked.
        }
    }
}
