using System.Diagnostics;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.Mqtt.Tests.Client;

/// <summary>A link to brokers that reject, hang or are not there.</summary>
public sealed class LinkConnectingTests : IDisposable
{
    private readonly FakeBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task Account_and_keep_alive_are_told_to_the_broker()
    {
        await using var link = new TestLink(
            _broker.Port,
            options => options with { UserName = "u", Password = "p"u8.ToArray(), KeepAlive = TimeSpan.FromSeconds(7) });
        using var peer = await _broker.AcceptAsync();

        var connect = await peer.ReceiveAsync<MqttConnectPacket>();

        Assert.Equal(("link", "u", 7, true), (connect.ClientId, connect.Username, connect.KeepAlivePeriod, connect.CleanSession));
        Assert.Equal("p"u8.ToArray(), connect.Password);
    }

    [Fact]
    public async Task Broker_that_says_nothing_is_left_after_the_time_for_an_answer()
    {
        await using var link = new TestLink(
            _broker.Port, options => options with { AnswerTimeout = TimeSpan.FromMilliseconds(200) });
        using var silent = await _broker.AcceptAsync();
        using var later = await _broker.LetInAsync();
        await link.IsUpAsync();

        Assert.Single(await silent.ReceiveUntilClosedAsync());
        Assert.NotEmpty(link.Log.That("No link to the MQTT broker"));
    }

    [Fact]
    public async Task Broker_that_acknowledges_nothing_is_left_after_the_time_for_an_answer()
    {
        await using var link = new TestLink(
            _broker.Port, options => options with { AnswerTimeout = TimeSpan.FromMilliseconds(200) });
        using var silent = await _broker.LetInAsync();
        await link.IsUpAsync();
        link.Link.TryPublish("t", new byte[] { 1 }, reliable: true);

        using var later = await _broker.LetInAsync();

        Assert.Equal(new byte[] { 1 }, (await later.ReceiveAsync<MqttPublishPacket>()).Payload.First.ToArray());
        Assert.Contains("did not answer within 0.2 s", Assert.Single(link.Log.That("No link")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broker_that_falls_silent_is_noticed_by_unanswered_pings()
    {
        await using var link = new TestLink(
            _broker.Port,
            options => options with { KeepAlive = TimeSpan.FromSeconds(1), AnswerTimeout = TimeSpan.FromSeconds(1) });
        using var silent = await _broker.LetInAsync();
        await link.IsUpAsync();

        await link.IsDownAsync();
        using var later = await _broker.LetInAsync();
        await link.IsUpAsync();
    }

    [Fact]
    public async Task Rejected_account_is_said_once()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var link = new TestLink(
            broker.Port, options => options with { UserName = TestAccess.Stranger, Password = new byte[] { 1 } });

        await Poll.UntilAsync("it tries again and again", () => broker.Access.Rejections.Count > 3);

        Assert.Single(link.Log.That("rejects the account, BadUserNameOrPassword"));
        Assert.Single(link.Log.That(""));
        Assert.False(link.Link.IsConnected);
    }

    [Fact]
    public async Task Rejected_subscription_is_said_once_and_asked_for_again()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var link = new TestLink(broker.Port);
        await link.IsUpAsync();

        var asked = link.SubscribeAsync("forbidden/a");
        await Poll.UntilAsync("it tries again and again", () => broker.Access.Rejections.Count > 4);
        Assert.Single(link.Log.That("rejects the subscription to forbidden/a, NotAuthorized"));
        Assert.False(asked.IsCompleted, "a rejection ends no program");
    }

    [Fact]
    public async Task Each_new_reason_is_said()
    {
        await using var link = new TestLink(_broker.Port);
        for (var i = 0; i < 2; i++)
        {
            using var peer = await _broker.AcceptAsync();
            await peer.ReceiveAsync<MqttConnectPacket>();
            var reason = i == 0 ? MqttConnectReasonCode.NotAuthorized : MqttConnectReasonCode.ServerBusy;
            await peer.SendAsync(new MqttConnAckPacket { ReasonCode = reason });
            await peer.ReceiveUntilClosedAsync();
        }

        using var good = await _broker.LetInAsync();
        await link.IsUpAsync();

        Assert.Equal((1, 1), (link.Log.That("NotAuthorized").Count(), link.Log.That("ServerBusy").Count()));
    }

    [Fact]
    public async Task Subscriptions_are_made_anew_on_each_connection()
    {
        await using var link = new TestLink(_broker.Port);
        var subscribing = link.SubscribeAsync("a");
        using (var peer = await _broker.LetInAsync())
        {
            await FakeBroker.GrantAsync(peer);
            await subscribing;
        }

        using var later = await _broker.LetInAsync();
        Assert.Equal("a", (await later.ReceiveAsync<MqttSubscribePacket>()).TopicFilters.Single().Topic);
    }

    [Fact]
    public async Task Subscription_without_a_broker_waits_until_it_is_cancelled()
    {
        await using var link = new TestLink(FreePort.Find());
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => link.Link.SubscribeAsync("a", cancel.Token));
    }

    [Fact]
    public async Task Pauses_between_attempts_follow_the_clock()
    {
        var time = new SettableTime();
        await using var link = new TestLink(
            FreePort.Find(),
            options => options with
            {
                FirstReconnectDelay = TimeSpan.FromSeconds(1),
                MaxReconnectDelay = TimeSpan.FromSeconds(20),
                AnswerTimeout = TimeSpan.FromHours(1),
            },
            time);
        foreach (var pause in new[] { 1, 2, 4, 8, 16, 20, 20 })
        {
            var next = await Poll.UntilAsync(
                "it waits", () => Task.FromResult(time.NextAlarm - time.GetUtcNow()), wait => wait < TimeSpan.FromMinutes(1));
            Assert.InRange(next!.Value.TotalSeconds, pause * 0.5, pause);
            time.Advance(next.Value);
        }
    }

    [Fact]
    public async Task Stop_while_connecting_ends_at_once()
    {
        var link = new TestLink(_broker.Port);
        using var silent = await _broker.AcceptAsync();
        await silent.ReceiveAsync<MqttConnectPacket>();

        await AssertStopsAsync(link);
    }

    [Fact]
    public async Task Stop_while_subscribing_ends_at_once()
    {
        var link = new TestLink(_broker.Port);
        var subscribing = link.SubscribeAsync("a");
        using var silent = await _broker.LetInAsync();
        await silent.ReceiveAsync<MqttSubscribePacket>();

        await AssertStopsAsync(link);
        await Assert.ThrowsAnyAsync<Exception>(() => subscribing.WaitAsync(TimeSpan.FromMilliseconds(100)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_while_the_broker_does_not_read_ends_soon(bool reliable)
    {
        var link = new TestLink(_broker.Port);
        using var stalled = await _broker.LetInAsync();
        await link.IsUpAsync();
        var payload = new byte[100_000];
        for (var i = 0; i < 1000; i++)
        {
            link.Link.TryPublish("t", payload, reliable);
        }

        await AssertStopsAsync(link);
    }

    [Fact]
    public async Task Stop_while_it_waits_to_try_again_ends_at_once()
    {
        var link = new TestLink(FreePort.Find(), options => options with { FirstReconnectDelay = TimeSpan.FromHours(1) });
        await Poll.UntilAsync("it failed once", () => link.Log.That("No link").Any());

        await AssertStopsAsync(link);
    }

    [Fact]
    public async Task Stop_says_farewell()
    {
        var link = new TestLink(_broker.Port);
        using var peer = await _broker.LetInAsync();
        await link.IsUpAsync();

        await AssertStopsAsync(link);

        Assert.IsType<MqttDisconnectPacket>(Assert.Single(await peer.ReceiveUntilClosedAsync()));
        Assert.False(link.Link.IsConnected);
    }

    private static async Task AssertStopsAsync(TestLink link)
    {
        var since = Stopwatch.GetTimestamp();
        await link.DisposeAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }
}
