using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Broker;

public sealed class RightsTests : IAsyncLifetime
{
    private TestBroker _broker = null!;

    public async ValueTask InitializeAsync() =>
        _broker = await TestBroker.StartAsync(limits: new SessionLimits(MaxKeepAlive: 0, MaxSubscriptions: 3));

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task Wrong_account_is_rejected_and_told()
    {
        using var client = await _broker.OpenAsync();
        var answer = await client.SignInAsync("1", connect => connect.Username = TestAccess.Stranger);

        Assert.Equal(MqttConnectReasonCode.BadUserNameOrPassword, answer.ReasonCode);
        Assert.Null(await client.TryReceiveAsync());
        var attempt = Assert.Single(_broker.Access.Rejections);
        Assert.Equal((BrokerOperation.Connect, TestAccess.Stranger, null), (attempt.Operation, attempt.UserName, attempt.Topic));
        Assert.NotNull(attempt.RemoteEndPoint);
        Assert.Equal(0, _broker.Metrics.Connected);
    }

    [Fact]
    public async Task Wrong_account_is_rejected_in_version_3_1_1()
    {
        using var client = await _broker.OpenAsync(MqttProtocolVersion.V311);
        var answer = await client.SignInAsync("1", connect => connect.Username = TestAccess.Stranger);

        Assert.Equal(MqttConnectReturnCode.ConnectionRefusedBadUsernameOrPassword, answer.ReturnCode);
        Assert.Null(await client.TryReceiveAsync());
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Client_without_an_id_is_rejected_and_not_counted(MqttProtocolVersion version)
    {
        using var client = await _broker.OpenAsync(version);
        var answer = await client.SignInAsync(string.Empty);

        Assert.True(answer is { ReasonCode: MqttConnectReasonCode.ClientIdentifierNotValid }
            or { ReturnCode: MqttConnectReturnCode.ConnectionRefusedIdentifierRejected });
        Assert.Null(await client.TryReceiveAsync());
        Assert.Equal(0, _broker.Metrics.Connected);
    }

    [Fact]
    public async Task Rejected_message_is_answered_told_and_not_delivered()
    {
        using var client = await _broker.SignInAsync("1");
        using var listener = await _broker.SignInAsync("listener");
        await listener.SubscribeAsync("#");

        Assert.Equal(MqttPubAckReasonCode.NotAuthorized, await client.PublishAsync("forbidden/a", "x"));
        Assert.Equal(MqttPubAckReasonCode.Success, await client.PublishAsync("free/a", "y"));

        await listener.HearsAsync("y");
        var attempt = Assert.Single(_broker.Access.Rejections);
        Assert.Equal((BrokerOperation.Publish, "forbidden/a"), (attempt.Operation, attempt.Topic));
    }

    [Fact]
    public async Task Rejected_message_leaves_a_client_of_version_3_1_1_connected()
    {
        using var client = await _broker.SignInAsync("1", MqttProtocolVersion.V311);

        await client.PublishAsync("forbidden/a", "x");

        await client.HearsNothingAsync();
        Assert.Single(_broker.Access.Rejections);
    }

    [Fact]
    public async Task Rejected_subscription_is_answered_and_told()
    {
        using var client = await _broker.SignInAsync("1");

        Assert.Equal(MqttSubscribeReasonCode.NotAuthorized, await client.SubscribeAsync("forbidden/+"));

        var attempt = Assert.Single(_broker.Access.Rejections);
        Assert.Equal((BrokerOperation.Subscribe, "forbidden/+"), (attempt.Operation, attempt.Topic));
    }

    [Fact]
    public async Task Shared_subscription_is_rejected_for_there_are_none()
    {
        using var client = await _broker.SignInAsync("1");

        Assert.Equal(MqttSubscribeReasonCode.SharedSubscriptionsNotSupported, await client.SubscribeAsync("$share/group/free"));

        await client.PublishAsync("free", "x");
        await client.HearsNothingAsync();
    }

    [Fact]
    public async Task Rejected_subscription_is_0x80_in_version_3_1_1()
    {
        using var client = await _broker.SignInAsync("1", MqttProtocolVersion.V311);
        await client.SendAsync(new MqttSubscribePacket
        {
            PacketIdentifier = 7,
            TopicFilters = [new() { Topic = "free" }, new() { Topic = "forbidden/a" }, new() { Topic = "$share/g/free" }],
        });

        Assert.Equal([0x90, 5, 0, 7, 0, 0x80, 0x80], await client.ReceiveBytesAsync(7));
    }

    [Fact]
    public async Task One_subscription_too_many_is_rejected_until_another_ends()
    {
        using var client = await _broker.SignInAsync("1");
        foreach (var filter in new[] { "a", "b", "c", "c" })
        {
            Assert.Equal(MqttSubscribeReasonCode.GrantedQoS0, await client.SubscribeAsync(filter));
        }

        Assert.Equal(MqttSubscribeReasonCode.QuotaExceeded, await client.SubscribeAsync("d"));
        Assert.Single(_broker.Access.Rejections);
        await client.SendAsync(new MqttUnsubscribePacket { PacketIdentifier = 9, TopicFilters = ["a", "never"] });
        var answer = await client.ReceiveAsync<MqttUnsubAckPacket>();
        Assert.Equal([MqttUnsubscribeReasonCode.Success, MqttUnsubscribeReasonCode.NoSubscriptionExisted], answer.ReasonCodes);
        Assert.Equal(MqttSubscribeReasonCode.GrantedQoS0, await client.SubscribeAsync("d"));
    }

    [Fact]
    public async Task Client_hears_nothing_of_what_it_unsubscribed_from()
    {
        using var client = await _broker.SignInAsync("1");
        await client.SubscribeAsync("a");
        await client.SubscribeAsync("a");
        await client.SendAsync(new MqttUnsubscribePacket { PacketIdentifier = 9, TopicFilters = ["a"] });
        await client.ReceiveAsync<MqttUnsubAckPacket>();

        await client.PublishAsync("a", "x");

        await client.HearsNothingAsync();
    }

    [Fact]
    public async Task Sign_in_that_fails_is_answered_and_harms_nobody()
    {
        _broker.Access.SigningIn = static credentials =>
            credentials.ClientId == "bad" ? throw new InvalidOperationException("no database") : Task.CompletedTask;
        using var client = await _broker.OpenAsync();

        Assert.Equal(MqttConnectReasonCode.ServerUnavailable, (await client.SignInAsync("bad")).ReasonCode);

        using var good = await _broker.SignInAsync("good");
        await good.HearsNothingAsync();
        await Poll.UntilAsync("one is counted", () => _broker.Metrics.Connected == 1);
    }
}
