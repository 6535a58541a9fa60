using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B19_Enhanced_authentication
{
    private static readonly ChallengeResponse Node = new("node-7", [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    [Fact]
    public async Task Challenge_and_response_let_a_client_in_and_its_identity_reaches_the_authorizer()
    {
        var rights = new Rights();
        await using var broker = await TestBroker.StartAsync(authorizer: rights, enhanced: Node);
        using var client = await broker.ConnectRawAsync();
        await client.SendAsync(Connect());
        var challenge = await client.ReceiveAsync<AuthPacket>();
        Assert.Equal((MqttReasonCode.ContinueAuthentication, ChallengeResponse.MethodName), (challenge.ReasonCode, challenge.Properties!.AuthenticationMethod));
        var answer = Node.Answer(challenge.Properties.AuthenticationData!.Value);
        await client.SendAsync(Auth(MqttReasonCode.ContinueAuthentication, answer));

        var welcome = await client.ReceiveAsync<ConnAckPacket>();

        Assert.Equal((MqttReasonCode.Success, ChallengeResponse.MethodName), (welcome.ReasonCode, welcome.Properties!.AuthenticationMethod));
        Assert.Equal(Node.Answer(answer), welcome.Properties.AuthenticationData!.Value.ToArray());
        await client.SubscribeAsync("a");
        Assert.Equal("node-7", rights.LastIdentity);
    }

    [Fact]
    public async Task A_wrong_answer_is_refused_and_told_to_the_host()
    {
        var book = new Book();
        await using var broker = await TestBroker.StartAsync(enhanced: Node, refusals: book);
        using var client = await broker.ConnectRawAsync();
        await client.SendAsync(Connect());
        await client.ReceiveAsync<AuthPacket>();
        await client.SendAsync(Auth(MqttReasonCode.ContinueAuthentication, new byte[32]));

        var refusal = await client.ReceiveAsync<ConnAckPacket>();

        Assert.Equal((MqttReasonCode.NotAuthorized, "The answer is wrong."), (refusal.ReasonCode, refusal.Properties!.ReasonString));
        Assert.Null(await client.TryReceiveAsync());
        Assert.Equal(("c", MqttOperation.Connect, MqttReasonCode.NotAuthorized), (book.Last!.ClientId, book.Last.Operation, book.Last.Reason));
    }

    [Theory]
    [InlineData("magic", "node-7", MqttReasonCode.BadAuthenticationMethod)]
    [InlineData(ChallengeResponse.MethodName, "node-8", MqttReasonCode.BadUserNameOrPassword)]
    [InlineData(ChallengeResponse.MethodName, null, MqttReasonCode.BadUserNameOrPassword)]
    public async Task A_bad_method_or_bad_data_is_refused_at_once(string method, string? data, MqttReasonCode reason)
    {
        await using var broker = await TestBroker.StartAsync(enhanced: Node);
        using var client = await broker.ConnectRawAsync();

        await client.SendAsync(Connect(method, data));

        Assert.Equal(reason, (await client.ReceiveAsync<ConnAckPacket>()).ReasonCode);
        Assert.Null(await client.TryReceiveAsync());
    }

    [Fact]
    public async Task A_client_without_a_method_is_the_plain_authenticators()
    {
        await using var broker = await TestBroker.StartAsync(enhanced: Node);
        using var client = await broker.ConnectRawAsync();

        Assert.Equal(MqttReasonCode.Success, (await client.GreetAsync("c")).ReasonCode);
    }

    public static TheoryData<string> OutOfTurn => ["re-authentication", "success", "another method", "no method", "a message", "another CONNECT"];

    [Theory]
    [MemberData(nameof(OutOfTurn))]
    public async Task Before_it_is_over_anything_out_of_turn_is_a_protocol_error(string what)
    {
        await using var broker = await TestBroker.StartAsync(enhanced: Node);
        using var client = await broker.ConnectRawAsync();
        await client.SendAsync(Connect());
        var challenge = await client.ReceiveAsync<AuthPacket>();
        var answer = Node.Answer(challenge.Properties!.AuthenticationData!.Value);

        await client.SendAsync(what switch
        {
            "re-authentication" => Auth(MqttReasonCode.ReAuthenticate, answer),
            "success" => Auth(MqttReasonCode.Success, answer),
            "another method" => Auth(MqttReasonCode.ContinueAuthentication, answer, "magic"),
            "no method" => new AuthPacket(MqttReasonCode.ContinueAuthentication),
            "a message" => new PublishPacket("a", default, MqttQualityOfService.AtMostOnce, 0),
            _ => Connect(),
        });

        Assert.Equal(MqttReasonCode.ProtocolError, (await client.ReceiveAsync<ConnAckPacket>()).ReasonCode);
        Assert.Null(await client.TryReceiveAsync());
        Assert.Equal(1, broker.Statistics.ProtocolErrors);
    }

    [Fact]
    public async Task A_client_that_thinks_better_of_it_may_leave_and_one_that_never_answers_is_closed()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(enhanced: Node, time: time);
        using var polite = await broker.ConnectRawAsync();
        using var silent = await broker.ConnectRawAsync();
        await polite.SendAsync(Connect());
        await polite.ReceiveAsync<AuthPacket>();
        await polite.SendAsync(new DisconnectPacket(MqttReasonCode.Success));
        Assert.Null(await polite.TryReceiveAsync());
        await silent.SendAsync(Connect());
        await silent.ReceiveAsync<AuthPacket>();

        time.Advance(TimeSpan.FromSeconds(11));

        Assert.Null(await silent.TryReceiveAsync());
        Assert.Equal(0, broker.Statistics.ProtocolErrors);
    }

    [Fact]
    public async Task A_client_that_is_in_may_authenticate_itself_again_while_messages_flow()
    {
        await using var broker = await TestBroker.StartAsync(enhanced: Node);
        using var client = await EnterAsync(broker);
        await client.SubscribeAsync("a");
        await client.SendAsync(Auth(MqttReasonCode.ReAuthenticate, "node-7"u8.ToArray()));
        var challenge = await client.ReceiveAsync<AuthPacket>();
        await client.PublishAsync("a", "meanwhile");
        await client.ExpectAsync("meanwhile");
        await client.SendAsync(Auth(MqttReasonCode.ContinueAuthentication, Node.Answer(challenge.Properties!.AuthenticationData!.Value)));

        Assert.Equal(MqttReasonCode.Success, (await client.ReceiveAsync<AuthPacket>()).ReasonCode);
        await client.ExpectSilenceAsync();
    }

    [Theory]
    [InlineData(MqttReasonCode.ReAuthenticate, ChallengeResponse.MethodName, "node-8", MqttReasonCode.NotAuthorized)]
    [InlineData(MqttReasonCode.ReAuthenticate, "magic", "node-7", MqttReasonCode.ProtocolError)]
    [InlineData(MqttReasonCode.ContinueAuthentication, ChallengeResponse.MethodName, "node-7", MqttReasonCode.ProtocolError)]
    [InlineData(MqttReasonCode.Success, ChallengeResponse.MethodName, "node-7", MqttReasonCode.ProtocolError)]
    public async Task A_client_that_does_so_badly_or_out_of_turn_is_out(MqttReasonCode code, string method, string data, MqttReasonCode reason)
    {
        await using var broker = await TestBroker.StartAsync(enhanced: Node);
        using var client = await EnterAsync(broker);

        await client.SendAsync(Auth(code, System.Text.Encoding.UTF8.GetBytes(data), method));

        await client.ExpectFarewellAsync(reason);
    }

    [Fact]
    public async Task A_client_let_in_without_a_method_cannot_begin_one()
    {
        await using var broker = await TestBroker.StartAsync(enhanced: Node);
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");

        await client.SendAsync(Auth(MqttReasonCode.ReAuthenticate, "node-7"u8.ToArray()));

        await client.ExpectFarewellAsync(MqttReasonCode.ProtocolError);
    }

    private static async Task<RawClient> EnterAsync(TestBroker broker)
    {
        var client = await broker.ConnectRawAsync();
        await client.SendAsync(Connect());
        var challenge = await client.ReceiveAsync<AuthPacket>();
        await client.SendAsync(Auth(MqttReasonCode.ContinueAuthentication, Node.Answer(challenge.Properties!.AuthenticationData!.Value)));
        Assert.Equal(MqttReasonCode.Success, (await client.ReceiveAsync<ConnAckPacket>()).ReasonCode);
        return client;
    }

    private static ConnectPacket Connect(string method = ChallengeResponse.MethodName, string? data = "node-7") => new(MqttProtocolVersion.V5, "c")
    {
        CleanStart = true,
        Properties = new PacketProperties { AuthenticationMethod = method, AuthenticationData = data is null ? null : System.Text.Encoding.UTF8.GetBytes(data) },
    };

    private static AuthPacket Auth(MqttReasonCode code, byte[] data, string method = ChallengeResponse.MethodName) =>
        new(code) { Properties = new PacketProperties { AuthenticationMethod = method, AuthenticationData = data } };

    private sealed class Book : IMqttRefusals
    {
        public MqttRefusal? Last { get; private set; }

        public void Refused(MqttRefusal refusal) => Last = refusal;
    }

    private sealed class Rights : IMqttAuthorizer
    {
        public object? LastIdentity { get; private set; }

        public bool MayPublish(MqttPeer peer, string topic) => true;

        public bool MaySubscribe(MqttPeer peer, string filter)
        {
            LastIdentity = peer.Identity;
            return true;
        }
    }
}
