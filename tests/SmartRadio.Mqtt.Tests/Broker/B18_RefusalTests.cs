using System.Collections.Concurrent;
using System.Net;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B18_Refusals
{
    [Fact]
    public async Task Tell_the_host_who_was_refused_what_and_are_counted_by_kind()
    {
        var book = new Book();
        await using var broker = await TestBroker.StartAsync(authorizer: new NoSecrets(), authenticator: new NoStrangers(), refusals: book);
        using var stranger = await broker.ConnectRawAsync();
        using var plotter = await broker.ConnectRawAsync();
        using var forger = await broker.ConnectRawAsync();
        using var client = await broker.ConnectRawAsync();
        await stranger.GreetAsync("stranger", with: c => c with { UserName = "u" });
        await plotter.GreetAsync("plotter", with: c => c with { Will = new Will("secret/will", "x"u8.ToArray(), MqttQualityOfService.AtMostOnce, false) });
        await forger.GreetAsync("forger", with: c => c with { Will = new Will("$SYS/broker/uptime", "x"u8.ToArray(), MqttQualityOfService.AtMostOnce, true) });
        await client.GreetAsync("c", with: c => c with { UserName = "teacher" });

        Assert.Equal(MqttReasonCode.NotAuthorized, await client.PublishAsync("secret/1", "x", MqttQualityOfService.AtLeastOnce));
        await client.PublishAsync("$SYS/broker/uptime", "x");
        await client.SubscribeAsync("secret/#");
        await client.SubscribeAsync("a/#/b");
        await client.ExpectSilenceAsync();

        Assert.Equal(
            [
                ("stranger", "u", MqttOperation.Connect, null, MqttReasonCode.Banned),
                ("plotter", null, MqttOperation.Connect, "secret/will", MqttReasonCode.NotAuthorized),
                ("forger", null, MqttOperation.Connect, "$SYS/broker/uptime", MqttReasonCode.NotAuthorized),
                ("c", "teacher", MqttOperation.Publish, "secret/1", MqttReasonCode.NotAuthorized),
                ("c", "teacher", MqttOperation.Publish, "$SYS/broker/uptime", MqttReasonCode.NotAuthorized),
                ("c", "teacher", MqttOperation.Subscribe, "secret/#", MqttReasonCode.NotAuthorized),
                ("c", "teacher", MqttOperation.Subscribe, "a/#/b", MqttReasonCode.TopicFilterInvalid),
            ],
            book.Select(r => (r.ClientId, r.UserName, r.Operation, r.Topic, r.Reason)));
        Assert.All(book, r => Assert.Equal(IPAddress.Loopback, ((IPEndPoint)r.RemoteEndPoint!).Address.MapToIPv4()));
        Assert.Equal((3, 2, 2), (broker.Statistics.ConnectionsRefused, broker.Statistics.PublishesRefused, broker.Statistics.SubscriptionsRefused));
    }

    [Fact]
    public async Task Of_those_who_never_introduced_themselves_are_told_by_address()
    {
        var book = new Book();
        await using var broker = await TestBroker.StartAsync(o => o.MaxConnections = 1, refusals: book);
        using var ancient = await broker.ConnectRawAsync(MqttProtocolVersion.V311);
        await ancient.SendAsync([0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 3, 2, 0, 0, 0, 1, (byte)'c']);
        await ancient.ReceiveAsync<ConnAckPacket>();
        Assert.Null(await ancient.TryReceiveAsync());
        using var first = await broker.ConnectRawAsync();
        await first.GreetAsync("first");
        using var second = await broker.ConnectRawAsync();
        Assert.Null(await second.TryReceiveAsync());

        Assert.Equal([MqttReasonCode.UnsupportedProtocolVersion, MqttReasonCode.QuotaExceeded], book.Select(r => r.Reason));
        Assert.All(book, r => Assert.Equal(("", MqttOperation.Connect), (r.ClientId, r.Operation)));
        Assert.All(book, r => Assert.NotNull(r.RemoteEndPoint));
    }

    [Fact]
    public async Task Of_a_flood_are_all_counted_and_few_told_and_one_client_does_not_hide_another()
    {
        var book = new Book();
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(authorizer: new NoSecrets(), time: time, refusals: book);
        using var flooder = await broker.ConnectRawAsync();
        using var other = await broker.ConnectRawAsync();
        await flooder.GreetAsync("flooder");
        await other.GreetAsync("other");
        await FloodAsync(flooder);
        await other.PublishAsync("secret/other", "x");
        await other.ExpectSilenceAsync();

        Assert.Equal((5, 1), (book.Count(r => r.ClientId == "flooder"), book.Count(r => r.ClientId == "other")));
        Assert.Equal((1001, 995), (broker.Statistics.PublishesRefused, broker.Statistics.RefusalsNotTold));

        time.Advance(TimeSpan.FromSeconds(1));
        await FloodAsync(flooder);

        Assert.Equal(10, book.Count(r => r.ClientId == "flooder"));
    }

    [Fact]
    public async Task Are_told_at_a_bounded_rate_however_many_names_a_flood_uses()
    {
        var book = new Book();
        await using var broker = await TestBroker.StartAsync(authenticator: new NoStrangers(), time: new ManualTime(), refusals: book);
        for (var i = 0; i < 80; i++)
        {
            using var stranger = await broker.ConnectRawAsync();
            await stranger.GreetAsync("stranger" + i);
        }

        Assert.Equal(50, book.Count);
        Assert.Equal((80, 30), (broker.Statistics.ConnectionsRefused, broker.Statistics.RefusalsNotTold));
    }

    [Fact]
    public async Task Go_on_when_the_host_fails_to_take_note()
    {
        await using var broker = await TestBroker.StartAsync(authorizer: new NoSecrets(), refusals: new Torn());
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");

        Assert.Equal(MqttReasonCode.NotAuthorized, await client.PublishAsync("secret/1", "x", MqttQualityOfService.AtLeastOnce));
        Assert.Equal(MqttReasonCode.NotAuthorized, await client.PublishAsync("secret/2", "x", MqttQualityOfService.AtLeastOnce));
    }

    private static async Task FloodAsync(RawClient client)
    {
        for (var i = 0; i < 1000; i++)
        {
            await client.PublishAsync("secret/flood", "x");
        }

        await client.ExpectSilenceAsync();
    }

    private sealed class Book : ConcurrentQueue<MqttRefusal>, IMqttRefusals
    {
        public void Refused(MqttRefusal refusal) => Enqueue(refusal);
    }

    private sealed class Torn : IMqttRefusals
    {
        public void Refused(MqttRefusal refusal) => throw new InvalidOperationException("No page is left.");
    }

    private sealed class NoStrangers : IMqttAuthenticator
    {
        public ValueTask<MqttAuthentication> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(
            request.ClientId.StartsWith("stranger", StringComparison.Ordinal) ? MqttAuthentication.Refuse(MqttReasonCode.Banned) : MqttAuthentication.Accept());
    }

    private sealed class NoSecrets : IMqttAuthorizer
    {
        public bool MayPublish(MqttPeer peer, string topic) => !topic.StartsWith("secret/", StringComparison.Ordinal);

        public bool MaySubscribe(MqttPeer peer, string filter) => !filter.StartsWith("secret/", StringComparison.Ordinal);
    }
}
