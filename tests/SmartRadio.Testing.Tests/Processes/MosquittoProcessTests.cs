using System.Globalization;
using System.Net.Sockets;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.Testing.Tests.Processes;

/// <summary>With mosquitto's own clients for witnesses.</summary>
public sealed class MosquittoProcessTests
{
    [Fact]
    public async Task Broker_carries_a_message_as_soon_as_it_has_started()
    {
        await using var broker = await MosquittoProcess.StartAsync();

        await PublishAsync(broker, "-r", "-t", "a", "-m", "heard");

        Assert.Equal("heard", await HearAsync(broker, "a"));
    }

    [Fact]
    public async Task Broker_takes_only_those_who_have_an_account()
    {
        await using var broker = await MosquittoProcess.StartAsync(new() { Accounts = Accounts });

        await PublishAsync(broker, "-u", "node", "-P", "secret", "-t", "a", "-m", "m");

        await Assert.ThrowsAsync<InvalidOperationException>(() => PublishAsync(broker, "-t", "a", "-m", "m"));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => PublishAsync(broker, "-u", "node", "-P", "wrong", "-t", "a", "-m", "m"));
    }

    [Fact]
    public async Task Broker_keeps_an_account_to_the_topics_of_the_acl()
    {
        await using var broker = await MosquittoProcess.StartAsync(new()
        {
            Accounts = Accounts,
            Acl = ["user node", "topic readwrite own/#"],
        });
        string[] account = ["-u", "node", "-P", "secret"];

        await PublishAsync(broker, [.. account, "-r", "-t", "foreign/a", "-m", "lost"]);
        await PublishAsync(broker, [.. account, "-r", "-t", "own/a", "-m", "kept"]);

        Assert.Equal("kept", await HearAsync(broker, [.. account, "-t", "foreign/#", "-t", "own/#"]));
    }

    [Fact]
    public async Task Broker_comes_back_on_its_port_after_a_kill()
    {
        await using var broker = await MosquittoProcess.StartAsync();
        var first = broker.Id;

        await broker.KillAsync();
        Assert.False(ProcessTable.IsRunning(first));
        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync("127.0.0.1", broker.Port));

        await broker.StartAgainAsync();
        await PublishAsync(broker, "-t", "a", "-m", "m");
    }

    [Fact]
    public async Task Broker_ends_with_the_test_and_leaves_others_alone()
    {
        await using var other = await MosquittoProcess.StartAsync();
        var broker = await MosquittoProcess.StartAsync();
        var id = broker.Id;

        await broker.DisposeAsync();

        Assert.False(ProcessTable.IsRunning(id));
        Assert.True(ProcessTable.IsRunning(other.Id));
    }

    [Fact]
    public async Task Broker_tells_why_it_did_not_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => MosquittoProcess.StartAsync(new() { Lines = ["no_such_word true"] }));

        Assert.Contains("no_such_word", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_keeps_the_log_of_the_broker()
    {
        await using var broker = await MosquittoProcess.StartAsync();

        await PublishAsync(broker, "-i", "somebody", "-t", "a", "-m", "m");

        await Poll.UntilAsync("the client is in the log", () => broker.Log.Contains("somebody", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Accounts => new(StringComparer.Ordinal) { ["node"] = "secret" };

    private static Task<string> PublishAsync(MosquittoProcess broker, params string[] options) =>
        ChildProcess.RunAsync("mosquitto_pub", [.. Address(broker), .. options]);

    private static Task<string> HearAsync(MosquittoProcess broker, string topic) => HearAsync(broker, ["-t", topic]);

    private static Task<string> HearAsync(MosquittoProcess broker, string[] options) =>
        ChildProcess.RunAsync("mosquitto_sub", [.. Address(broker), "-C", "1", "-W", "20", .. options]);

    private static string[] Address(MosquittoProcess broker) =>
        ["-h", "127.0.0.1", "-p", broker.Port.ToString(CultureInfo.InvariantCulture), "-q", "1"];
}
