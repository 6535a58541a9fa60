using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B01_Connect
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V5)]
    public async Task A_client_of_either_version_is_greeted(MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync(version);

        var greeting = await client.GreetAsync("c");

        Assert.Equal(MqttReasonCode.Success, greeting.ReasonCode);
        Assert.False(greeting.SessionPresent);
    }

    [Fact]
    public async Task A_client_without_a_name_is_given_one()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();

        var greeting = await client.GreetAsync("");

        Assert.StartsWith("auto-", greeting.Properties!.AssignedClientIdentifier, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nameless_client_of_3_1_1_that_wants_a_lasting_session_is_refused()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync(MqttProtocolVersion.V311);

        Assert.Equal(MqttReasonCode.ClientIdentifierNotValid, (await client.GreetAsync("", cleanStart: false)).ReasonCode);
        Assert.Null(await client.TryReceiveAsync());
    }

    [Fact]
    public async Task An_unknown_version_is_told_so()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync(MqttProtocolVersion.V311);

        await client.SendAsync([0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 9, 2, 0, 0, 0, 1, (byte)'c']);

        Assert.Equal(MqttReasonCode.UnsupportedProtocolVersion, (await client.ReceiveAsync<ConnAckPacket>()).ReasonCode);
    }

    [Fact]
    public async Task A_client_is_told_where_else_to_go_and_does_not_go_by_itself()
    {
        await using var broker = await TestBroker.StartAsync(authenticator: new Elsewhere());
        await using var client = new MqttClient(broker.ClientOptions("c"));
        var end = new TaskCompletionSource<MqttDisconnected>();
        client.Disconnected += told => end.TrySetResult(told);

        await client.StartAsync(TestContext.Current.CancellationToken);

        var told = await end.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((MqttReasonCode.UseAnotherServer, "radio.example:8883"), (told.ReasonCode, told.ServerReference));
        Assert.False(client.IsConnected);
    }

    [Theory]
    [InlineData(1000, "The radio has moved.", "radio.example:8883")]
    [InlineData(30, null, "radio.example:8883")]
    [InlineData(20, null, null)]
    public async Task A_client_is_told_no_more_than_it_takes(uint most, string? reason, string? reference)
    {
        await using var broker = await TestBroker.StartAsync(authenticator: new Elsewhere());
        using var client = await broker.ConnectRawAsync();

        var answer = await client.GreetAsync("c", with: connect => connect with { Properties = new PacketProperties { MaximumPacketSize = most } });

        Assert.Equal(MqttReasonCode.UseAnotherServer, answer.ReasonCode);
        Assert.Equal((reason, reference), (answer.Properties?.ReasonString, answer.Properties?.ServerReference));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(10, true)]
    public async Task A_client_that_takes_no_greeting_is_turned_away_without_one(uint most, bool told)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();

        await client.SendAsync(new ConnectPacket(MqttProtocolVersion.V5, "c") { CleanStart = true, Properties = new PacketProperties { MaximumPacketSize = most } });

        if (told)
        {
            Assert.Equal(MqttReasonCode.PacketTooLarge, (await client.ReceiveAsync<ConnAckPacket>()).ReasonCode);
        }

        Assert.Null(await client.TryReceiveAsync());
    }

    [Fact]
    public async Task Another_first_packet_closes_the_connection()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();

        await client.SendAsync(new PingReqPacket());

        Assert.Null(await client.TryReceiveAsync());
        Assert.Equal(1, broker.Statistics.ProtocolErrors);
    }

    [Fact]
    public async Task A_second_connect_is_a_protocol_error()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");

        await client.SendAsync(new ConnectPacket(MqttProtocolVersion.V5, "c"));

        await client.ExpectFarewellAsync(MqttReasonCode.ProtocolError);
    }

    [Fact]
    public async Task A_client_is_refused_with_the_authenticators_reason()
    {
        await using var broker = await TestBroker.StartAsync(authenticator: new OnlyTeacher());
        using var stranger = await broker.ConnectRawAsync();
        using var teacher = await broker.ConnectRawAsync();

        var refusal = await stranger.GreetAsync("c", with: c => c with { UserName = "stranger", Password = "x"u8.ToArray() });
        var welcome = await teacher.GreetAsync("t", with: c => c with { UserName = "teacher", Password = "chalk"u8.ToArray() });

        Assert.Equal(MqttReasonCode.BadUserNameOrPassword, refusal.ReasonCode);
        Assert.Equal("Only the teacher.", refusal.Properties!.ReasonString);
        Assert.Null(await stranger.TryReceiveAsync());
        Assert.Equal(MqttReasonCode.Success, welcome.ReasonCode);
        Assert.Equal(1, broker.Statistics.ConnectionsRefused);
    }

    [Fact]
    public async Task An_authentication_method_nobody_knows_is_refused()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();

        var refusal = await client.GreetAsync("c", with: c => c with { Properties = new PacketProperties { AuthenticationMethod = "magic" } });

        Assert.Equal(MqttReasonCode.BadAuthenticationMethod, refusal.ReasonCode);
    }

    [Fact]
    public async Task A_second_client_of_the_same_name_takes_over()
    {
        await using var broker = await TestBroker.StartAsync();
        using var first = await broker.ConnectRawAsync();
        using var second = await broker.ConnectRawAsync();
        await first.GreetAsync("c");

        await second.GreetAsync("c");

        await first.ExpectFarewellAsync(MqttReasonCode.SessionTakenOver);
        await second.ExpectSilenceAsync();
    }

    [Fact]
    public async Task The_broker_may_set_the_keep_alive()
    {
        await using var broker = await TestBroker.StartAsync(o => o.MaxKeepAlive = TimeSpan.FromSeconds(40));
        using var client = await broker.ConnectRawAsync();

        Assert.Equal((ushort)40, (await client.GreetAsync("c")).Properties!.ServerKeepAlive);
    }

    [Fact]
    public async Task A_taken_port_is_told_clearly()
    {
        await using var broker = await TestBroker.StartAsync();

        var error = await Assert.ThrowsAsync<MqttPortTakenException>(() => TestBroker.StartAsync(o => o.Port = broker.Port));

        Assert.Equal(broker.Port, error.EndPoint.Port);
    }

    private sealed class OnlyTeacher : IMqttAuthenticator
    {
        public ValueTask<MqttAuthentication> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(request.UserName == "teacher" && request.Password!.Value.Span.SequenceEqual("chalk"u8)
                ? MqttAuthentication.Accept()
                : MqttAuthentication.Refuse(MqttReasonCode.BadUserNameOrPassword, "Only the teacher."));
    }

    private sealed class Elsewhere : IMqttAuthenticator
    {
        public ValueTask<MqttAuthentication> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(MqttAuthentication.Refuse(MqttReasonCode.UseAnotherServer, "The radio has moved.") with { ServerReference = "radio.example:8883" });
    }
}
