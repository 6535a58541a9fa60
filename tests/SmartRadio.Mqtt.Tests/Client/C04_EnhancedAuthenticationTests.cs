using System.Security.Authentication;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Client;

public class C04_Enhanced_authentication
{
    private static readonly ChallengeResponse Known = new("node-7", new byte[32]);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_answers_the_challenge_and_may_authenticate_itself_again()
    {
        await using var broker = await TestBroker.StartAsync(enhanced: Known);
        await using var client = new MqttClient(broker.ClientOptions("c") with { Authentication = Known });
        await client.StartAsync(Ct);
        await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce, Ct);

        await client.ReauthenticateAsync(Ct);
        await client.ReauthenticateAsync(Ct);

        await client.PublishAsync(new MqttMessage("a", "x"u8.ToArray()) { QualityOfService = MqttQualityOfService.AtLeastOnce }, Ct);
        Assert.Equal("a", (await client.Messages.ReadAsync(Ct)).Topic);
        Assert.Equal(0, broker.Statistics.ConnectionsRefused);
    }

    [Fact]
    public async Task A_client_with_another_key_is_told_that_it_is_refused()
    {
        await using var broker = await TestBroker.StartAsync(enhanced: Known);
        var end = await EndOfAsync(broker.ClientOptions("c") with { Authentication = new ChallengeResponse("node-7", [1]) });

        Assert.Equal(MqttReasonCode.NotAuthorized, end.ReasonCode);
    }

    [Fact]
    public async Task A_broker_that_does_not_know_the_key_is_left()
    {
        await using var impostor = await FakeBroker.StartAsync(async peer =>
        {
            await peer.ReceiveAsync<ConnectPacket>();
            await peer.SendAsync(new AuthPacket(MqttReasonCode.ContinueAuthentication) { Properties = Properties(new byte[16]) });
            await peer.ReceiveAsync<AuthPacket>();
            await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success) { Properties = Properties(new byte[32]) });
            Assert.Null(await peer.TryReceiveAsync());
        });

        var end = await EndOfAsync(new MqttClientOptions { Host = "127.0.0.1", Port = impostor.Port, Authentication = Known, FirstReconnectDelay = TimeSpan.FromMinutes(1) });

        Assert.IsType<AuthenticationException>(end.Exception);
    }

    [Fact]
    public async Task A_client_that_is_not_let_stay_learns_the_reason()
    {
        await using var broker = await FakeBroker.StartAsync(async peer =>
        {
            await peer.ReceiveAsync<ConnectPacket>();
            await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
            Assert.Equal(MqttReasonCode.ReAuthenticate, (await peer.ReceiveAsync<AuthPacket>()).ReasonCode);
            await peer.SendAsync(new DisconnectPacket(MqttReasonCode.NotAuthorized));
        });
        await using var client = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port, Authentication = Known, FirstReconnectDelay = TimeSpan.FromMinutes(1) });
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Connected += () => connected.TrySetResult();
        await client.StartAsync(Ct);
        await connected.Task.WaitAsync(Ct);

        var error = await Assert.ThrowsAsync<MqttRefusedException>(() => client.ReauthenticateAsync(Ct));

        Assert.Equal(MqttReasonCode.NotAuthorized, error.ReasonCode);
    }

    [Fact]
    public async Task One_that_fails_to_begin_again_may_try_once_more()
    {
        await using var broker = await TestBroker.StartAsync(enhanced: Known);
        await using var client = new MqttClient(broker.ClientOptions("c") with { Authentication = new FailsSecondTime(Known) });
        await client.StartAsync(Ct);
        await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce, Ct);

        await Assert.ThrowsAsync<IOException>(() => client.ReauthenticateAsync(Ct));

        await client.ReauthenticateAsync(Ct).WaitAsync(Soon, Ct);
    }

    [Fact]
    public async Task One_that_begins_again_when_the_connection_has_just_ended_is_told_so()
    {
        var authentication = new ClientAuthentication(Known, _ => { });
        authentication.Fail(new MqttNotConnectedException());

        await Assert.ThrowsAsync<MqttNotConnectedException>(() => authentication.RepeatAsync(Ct).WaitAsync(Soon, Ct));
    }

    private static PacketProperties Properties(byte[] data) => new() { AuthenticationMethod = ChallengeResponse.MethodName, AuthenticationData = data };

    private static async Task<MqttDisconnected> EndOfAsync(MqttClientOptions options)
    {
        await using var client = new MqttClient(options);
        var end = new TaskCompletionSource<MqttDisconnected>();
        client.Disconnected += d => end.TrySetResult(d);
        await client.StartAsync(Ct);
        return await end.Task.WaitAsync(Ct);
    }

    /// <summary>As a token that cannot be read for once.</summary>
    private sealed class FailsSecondTime(IMqttClientAuthentication inner) : IMqttClientAuthentication
    {
        private int _begun;

        public string Method => inner.Method;

        public MqttClientExchange Begin() => ++_begun == 2 ? (_, _) => throw new IOException("No token.") : inner.Begin();
    }
}
