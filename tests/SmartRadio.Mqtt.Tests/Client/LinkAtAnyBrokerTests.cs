using System.Text;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Client;

/// <summary>What the controller relies on, over the embedded broker and over Debian's mosquitto alike.</summary>
public sealed class LinkAtAnyBrokerTests
{
    public static TheoryData<string> Brokers => AnyBroker.All;

    [Theory]
    [MemberData(nameof(Brokers))]
    public async Task Messages_of_both_kinds_arrive_in_order(string name)
    {
        await using var broker = await AnyBroker.StartAsync(name);
        await using var sender = new TestLink(broker.Port, options => options with { ClientId = "sender" });
        await using var receiver = new TestLink(broker.Port);
        await receiver.SubscribeAsync("sr/+/reliable");
        await receiver.SubscribeAsync("sr/+/sound");
        await sender.IsUpAsync();

        for (var i = 0; i < 20; i++)
        {
            Assert.True(sender.Link.TryPublish("sr/1/reliable", Bytes($"{i}"), reliable: true));
            Assert.True(sender.Link.TryPublish("sr/1/sound", Bytes($"{i}"), reliable: false));
            Assert.True(sender.Link.TryPublish("other/1/sound", Bytes("not for it"), reliable: false));
        }

        var heard = new List<LinkMessage>();
        while (heard.Count < 40)
        {
            heard.Add(await receiver.NextAsync());
        }

        foreach (var kind in heard.GroupBy(message => message.Topic, StringComparer.Ordinal))
        {
            Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), kind.Select(Text));
        }
    }

    [Theory]
    [MemberData(nameof(Brokers))]
    public async Task Retained_messages_come_first_and_marked(string name)
    {
        await using var broker = await AnyBroker.StartAsync(name);
        using var node = await RawClient.OpenAsync(broker.Port);
        await node.SignInAsync("node");
        await node.PublishAsync("n/1/here", "on", retain: true);
        await using var link = new TestLink(broker.Port);
        await link.SubscribeAsync("n/+/here");
        var first = await link.NextAsync();

        await node.PublishAsync("n/1/here", "still on", retain: true);
        var second = await link.NextAsync();

        Assert.Equal([("on", true), ("still on", false)], [(Text(first), first.Retained), (Text(second), second.Retained)]);
    }

    [Theory]
    [MemberData(nameof(Brokers))]
    public async Task Will_of_a_client_that_vanishes_is_heard(string name)
    {
        await using var broker = await AnyBroker.StartAsync(name);
        await using var link = new TestLink(broker.Port);
        await link.SubscribeAsync("n/+/here");
        var node = await RawClient.OpenAsync(broker.Port);
        await node.SignInAsync(
            "node", connect => (connect.WillFlag, connect.WillTopic, connect.WillMessage) = (true, "n/1/here", Bytes("off")));

        node.Dispose();

        Assert.Equal("off", Text(await link.NextAsync()));
    }

    [Theory]
    [MemberData(nameof(Brokers))]
    public async Task Large_and_empty_messages_arrive_whole(string name)
    {
        await using var broker = await AnyBroker.StartAsync(name);
        await using var link = new TestLink(broker.Port);
        await link.SubscribeAsync("large");
        foreach (var size in new[] { 0, 1, 4096, 60_000 })
        {
            var payload = new byte[size];
            new Random(size).NextBytes(payload);
            link.Link.TryPublish("large", payload, reliable: size % 2 == 0);
            Assert.Equal(payload, (await link.NextAsync()).Payload.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Brokers))]
    public async Task Subscriptions_and_messages_outlast_a_restart_of_the_broker(string name)
    {
        await using var broker = await AnyBroker.StartAsync(name);
        await using var link = new TestLink(broker.Port);
        await link.SubscribeAsync("a");
        await link.SubscribeAsync("b/+");
        await broker.StopAsync();
        await link.IsDownAsync();
        Assert.False(link.Link.TryPublish("a", Bytes("lost"), reliable: true));

        await broker.StartAgainAsync();
        await link.IsUpAsync();
        await Poll.UntilAsync(
            "it hears both again", () => Task.FromResult(link.Link.TryPublish("b/1", Bytes("b"), reliable: true)));
        link.Link.TryPublish("a", Bytes("a"), reliable: true);

        Assert.Equal(["b", "a"], [Text(await link.NextAsync()), Text(await link.NextAsync())]);
    }

    [Theory]
    [MemberData(nameof(Brokers))]
    public async Task Rejected_account_is_said_once(string name)
    {
        await using var broker = await AnyBroker.StartWithAccountsAsync(name);
        await using var link = new TestLink(
            broker.Port,
            options => options with { UserName = TestAccess.Stranger, Password = Bytes("x") });
        await Poll.UntilAsync("it is said", () => link.Log.That("rejects the account").Any());
        await using var other = new TestLink(
            broker.Port, options => options with { ClientId = "other", UserName = "u", Password = Bytes("p") });
        await other.IsUpAsync();

        Assert.False(link.Link.IsConnected);
        Assert.Single(link.Log.That("rejects the account"));
    }

    [Theory]
    [MemberData(nameof(Brokers))]
    public async Task Link_that_another_takes_the_place_of_comes_back(string name)
    {
        await using var broker = await AnyBroker.StartAsync(name);
        await using var link = new TestLink(broker.Port);
        await link.IsUpAsync();

        using var thief = await RawClient.OpenAsync(broker.Port);
        await thief.SignInAsync("link");

        await thief.ReceiveUntilClosedAsync();
        await link.IsUpAsync();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(LinkMessage message) => Encoding.UTF8.GetString(message.Payload.Span);
}
