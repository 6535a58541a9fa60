using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Broker;

/// <summary>Packets that may not be: whoever sends one is closed and counted, and nobody else notices.</summary>
public sealed class PacketGuardTests : IAsyncLifetime
{
    /// <summary>
    /// A CONNECT, a PUBLISH and a PINGREQ that announce 268,435,455 bytes (MQTT 5, 1.5.5), and lengths of five bytes.
    /// </summary>
    public static TheoryData<string> Announcements =>
        ["10FFFFFF7F00044D515454", "30FFFFFF7F000161", "C0FFFFFF7F", "10FFFFFFFF01", "30FFFFFFFFFF", "1080808080"];

    /// <summary>In a PUBLISH of version 5.</summary>
    public static TheoryData<string> BadTopics => ["", "a/+", "#", "a/\0", "a/\uFFFD", new string('a', 513)];

    /// <summary>GET / HTTP/1.1, with Host and User-Agent.</summary>
    private const string Http =
        "474554202F20485454502F312E310D0A486F73743A20726164696F2E6578616D706C650D0A557365722D4167656E743A204D6F7A696C6C612F352E302028583131"
        + "3B204C696E7578207838365F3634290D0A0D0A";

    private TestBroker _broker = null!;
    private RawClient _bystander = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.StartAsync(options => options.SignInTimeout = TimeSpan.FromSeconds(10));
        _bystander = await _broker.SignInAsync("bystander");
        await _bystander.SubscribeAsync("#");
    }

    public async ValueTask DisposeAsync()
    {
        _bystander.Dispose();
        await _broker.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Announcements))]
    public async Task Too_long_an_announcement_before_sign_in_is_not_waited_for(string bytes)
    {
        using var client = await _broker.OpenAsync();
        await client.SendAsync(Convert.FromHexString(bytes));

        await AssertThrownOutAsync(client);
    }

    [Theory]
    [MemberData(nameof(Announcements))]
    public async Task Too_long_an_announcement_after_sign_in_is_not_waited_for(string bytes)
    {
        using var client = await _broker.SignInAsync("1");
        await client.SendAsync(Convert.FromHexString(bytes));

        await AssertThrownOutAsync(client);
    }

    [Fact]
    public async Task Packet_may_have_4_KiB_before_sign_in_and_64_KiB_after()
    {
        using var large = await _broker.OpenAsync();
        await large.SendAsync(
            RawClient.Connect("large", connect => (connect.Username, connect.Password) = ("u", new byte[4096])));
        await AssertThrownOutAsync(large);

        using var client = await _broker.OpenAsync();
        var answer = await client.SignInAsync("client", connect => (connect.Username, connect.Password) = ("u", new byte[4000]));
        Assert.Equal(64u * 1024, answer.MaximumPacketSize);
        await client.PublishAsync("a", new string('x', 65_000));
        Assert.Equal(65_000, (await _bystander.ReceiveAsync<MqttPublishPacket>()).Payload.Length);
        await client.SendAsync(client.Publish("a", new byte[65_536]));
        await AssertThrownOutAsync(client, violations: 2);
    }

    /// <summary>
    /// PUBLISH, one that looks like a CONNECT, SUBSCRIBE, PINGREQ, DISCONNECT, AUTH, a type that is none, HTTP, and a version
    /// that is none.
    /// </summary>
    [Theory]
    [InlineData("300A00044D51545404006162")]
    [InlineData("3003000161")]
    [InlineData("8206000100016100")]
    [InlineData("C000")]
    [InlineData("E000")]
    [InlineData("F000")]
    [InlineData("0000")]
    [InlineData(Http)]
    [InlineData("100E00044D5154540602003C00023131")]
    public async Task Anything_but_a_CONNECT_is_no_beginning(string bytes)
    {
        using var client = await _broker.OpenAsync();
        await client.SendAsync(Convert.FromHexString(bytes));

        await AssertThrownOutAsync(client);
    }

    [Theory]
    [MemberData(nameof(BadTopics))]
    public async Task Topic_that_is_none_is_a_violation(string topic)
    {
        using var client = await _broker.SignInAsync("1");
        await client.SendAsync(Message(topic));

        await AssertThrownOutAsync(client);
    }

    /// <summary>Half a surrogate, an overlong slash, a byte that begins nothing.</summary>
    [Theory]
    [InlineData("EDA080")]
    [InlineData("C0AF")]
    [InlineData("FF")]
    public async Task Topic_that_is_no_UTF_8_is_a_violation(string name)
    {
        using var client = await _broker.SignInAsync("1", MqttProtocolVersion.V311);
        var bytes = Convert.FromHexString(name);
        await client.SendAsync([0x30, (byte)(bytes.Length + 2), 0, (byte)bytes.Length, .. bytes]);

        await AssertThrownOutAsync(client);
    }

    [Theory]
    [InlineData("a#")]
    [InlineData("#/a")]
    [InlineData("a/+b")]
    [InlineData("\0")]
    [InlineData("")]
    public async Task Filter_that_is_none_is_a_violation(string filter)
    {
        using var subscriber = await _broker.SignInAsync("1");
        await subscriber.SendAsync(subscriber.Subscribe(filter));
        await AssertThrownOutAsync(subscriber);

        using var unsubscriber = await _broker.SignInAsync("2");
        await unsubscriber.SendAsync(new MqttUnsubscribePacket { PacketIdentifier = 1, TopicFilters = [filter] });
        await AssertThrownOutAsync(unsubscriber, violations: 2);
    }

    [Theory]
    [InlineData("a\0", "user", "n/1/here")]
    [InlineData("a", "us\0er", "n/1/here")]
    [InlineData("a", "user", "n/+/here")]
    [InlineData("a", "user", "")]
    [InlineData("a", "user", "n/\0")]
    public async Task Name_in_a_CONNECT_that_is_none_is_a_violation(string clientId, string userName, string willTopic)
    {
        using var client = await _broker.OpenAsync();
        await client.SendAsync(RawClient.Connect(clientId, connect =>
            (connect.Username, connect.Password, connect.WillFlag, connect.WillTopic, connect.WillMessage) = (userName,
                [], true, willTopic, [1])));

        await AssertThrownOutAsync(client);
    }

    [Fact]
    public async Task Topic_alias_is_a_violation_for_none_is_allowed()
    {
        using var client = await _broker.OpenAsync();
        Assert.Equal(0, (await client.SignInAsync("1")).TopicAliasMaximum);
        var message = Message("a");
        message.TopicAlias = 1;
        await client.SendAsync(message);

        await AssertThrownOutAsync(client);
    }

    [Fact]
    public async Task Subscription_identifier_is_a_violation_for_none_is_allowed()
    {
        using var client = await _broker.OpenAsync();
        Assert.False((await client.SignInAsync("1")).SubscriptionIdentifiersAvailable);
        var subscribe = client.Subscribe("a");
        subscribe.SubscriptionIdentifier = 7;
        await client.SendAsync(subscribe);

        await AssertThrownOutAsync(client);
    }

    [Fact]
    public async Task Second_CONNECT_is_a_violation()
    {
        using var client = await _broker.SignInAsync("1");
        await client.SendAsync(RawClient.Connect("1"));

        await AssertThrownOutAsync(client);
    }

    [Fact]
    public async Task AUTH_is_a_violation_and_its_methods_are_rejected()
    {
        using var client = await _broker.SignInAsync("1");
        await client.SendAsync(0xF0, 0);
        await AssertThrownOutAsync(client);

        using var other = await _broker.OpenAsync();
        var answer = await other.SignInAsync("2", connect => connect.AuthenticationMethod = "SCRAM-SHA-1");
        Assert.NotEqual(MqttConnectReasonCode.Success, answer.ReasonCode);
        Assert.Null(await other.TryReceiveAsync());
    }

    [Fact]
    public async Task SUBSCRIBE_holds_no_more_filters_than_a_client_may_have()
    {
        using var client = await _broker.SignInAsync("1");
        var subscribe = client.Subscribe("a");
        subscribe.TopicFilters.AddRange(Enumerable.Range(0, 64).Select(i => new MqttTopicFilter { Topic = $"{i}" }));
        await client.SendAsync(subscribe);

        await AssertThrownOutAsync(client);
    }

    /// <summary>PINGRESP, CONNACK, SUBACK, and a PUBLISH at QoS 3.</summary>
    [Theory]
    [InlineData("D000")]
    [InlineData("2003000000")]
    [InlineData("900400010000")]
    [InlineData("3606000161000101")]
    public async Task Packet_of_a_broker_ends_the_connection(string bytes)
    {
        using var client = await _broker.SignInAsync("1", MqttProtocolVersion.V311);
        await client.SendAsync(Convert.FromHexString(bytes));

        await client.ReceiveUntilClosedAsync();
        await _bystander.HearsNothingAsync();
    }

    [Fact]
    public async Task Packet_in_single_bytes_is_put_together()
    {
        using var client = await _broker.OpenAsync();
        foreach (var part in client.Encode(RawClient.Connect("1")))
        {
            await client.SendAsync(part);
        }

        Assert.Equal(MqttConnectReasonCode.Success, (await client.ReceiveAsync<MqttConnAckPacket>()).ReasonCode);
    }

    private static MqttPublishPacket Message(string topic) => new() { Topic = topic };

    private async Task AssertThrownOutAsync(RawClient client, int violations = 1)
    {
        await client.ReceiveUntilClosedAsync();
        await _bystander.HearsNothingAsync();
        await Poll.UntilAsync("it is counted", () => _broker.Metrics.Violations == violations);
        await Poll.UntilAsync("it is gone", () => _broker.Metrics.Connected == 1);
    }
}
