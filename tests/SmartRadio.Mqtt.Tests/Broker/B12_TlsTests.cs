using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

[Collection(nameof(OneAtATime))]
public class B12_Tls
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_client_that_trusts_the_certificate_is_served(SslProtocols protocol)
    {
        using var certificate = TestCertificate.Create("broker");
        await using var broker = await StartAsync(certificate, new AllowAll());
        await using var client = new MqttClient(Options(broker, certificate, protocol));
        await client.StartAsync(Ct);
        await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce, Ct);

        for (var i = 0; i < 50; i++)
        {
            await client.PublishAsync(new MqttMessage("a", new byte[20_000]) { QualityOfService = MqttQualityOfService.AtLeastOnce }, Ct);
            Assert.Equal(20_000, (await client.Messages.ReadAsync(Ct)).Payload.Length);
        }
    }

    [Fact]
    public async Task A_client_that_does_not_trust_it_says_why()
    {
        using var certificate = TestCertificate.Create("broker");
        using var other = TestCertificate.Create("other");
        await using var broker = await StartAsync(certificate, new AllowAll());
        await using var client = new MqttClient(Options(broker, other, SslProtocols.None));
        var reason = new TaskCompletionSource<MqttDisconnected>();
        client.Disconnected += d => reason.TrySetResult(d);

        await client.StartAsync(Ct);

        Assert.IsType<AuthenticationException>((await reason.Task.WaitAsync(Ct)).Exception);
    }

    [Fact]
    public async Task A_clients_certificate_reaches_the_authenticator()
    {
        using var certificate = TestCertificate.Create("broker");
        using var mine = TestCertificate.Create("node-7");
        await using var broker = await StartAsync(certificate, new ByCertificate());
        var options = Options(broker, certificate, SslProtocols.None);
        options.Tls!.ClientCertificates = [mine];
        await using var client = new MqttClient(options);

        await client.StartAsync(Ct);
        await client.SubscribeAsync("a", MqttQualityOfService.AtMostOnce, Ct);

        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task A_second_client_of_the_same_name_takes_over_at_once()
    {
        using var certificate = TestCertificate.Create("broker");
        await using var broker = await StartAsync(certificate, new AllowAll());
        await using var first = new MqttClient(Options(broker, certificate, SslProtocols.None));
        var end = new TaskCompletionSource<MqttDisconnected>();
        first.Disconnected += d => end.TrySetResult(d);
        await first.StartAsync(Ct);
        await first.SubscribeAsync("a", MqttQualityOfService.AtMostOnce, Ct);
        await using var second = new MqttClient(Options(broker, certificate, SslProtocols.None));

        await second.StartAsync(Ct);

        Assert.Equal(MqttReasonCode.SessionTakenOver, (await end.Task.WaitAsync(Ct)).ReasonCode);
    }

    [Fact]
    public async Task One_who_does_not_speak_TLS_is_refused_counted_and_told_by_address()
    {
        using var certificate = TestCertificate.Create("broker");
        var book = new Book();
        await using var broker = await StartAsync(certificate, new AllowAll(), book);
        using var stranger = await RawClient.ConnectAsync(broker.TlsPort, MqttProtocolVersion.V5);
        await stranger.SendAsync(new ConnectPacket(MqttProtocolVersion.V5, "c"));

        var refusal = await book.First.Task.WaitAsync(Ct);
        Assert.Equal(("", MqttOperation.Connect), (refusal.ClientId, refusal.Operation));
        Assert.NotNull(refusal.RemoteEndPoint);
        Assert.Equal(1, broker.Statistics.ConnectionsRefused);
    }

    [Theory]
    [InlineData(MqttQualityOfService.AtMostOnce)]
    [InlineData(MqttQualityOfService.AtLeastOnce)]
    public async Task Two_hundred_clients_get_every_byte(MqttQualityOfService quality)
    {
        using var certificate = TestCertificate.Create("broker");
        await using var broker = await StartAsync(certificate, new AllowAll());

        await FanOut.CheckAsync(name => Options(broker, certificate, SslProtocols.None) with { ClientId = name, ConnectTimeout = TimeSpan.FromMinutes(1) }, quality, Ct);
    }

    private static Task<TestBroker> StartAsync(X509Certificate2 certificate, IMqttAuthenticator authenticator, IMqttRefusals? refusals = null) => TestBroker.StartAsync(
        o =>
        {
            o.TlsPort = 0;
            o.Tls = new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ClientCertificateRequired = authenticator is ByCertificate,
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is null || shown.Subject == "CN=node-7",
            };
        },
        authenticator,
        refusals: refusals);

    private static MqttClientOptions Options(TestBroker broker, X509Certificate2 trusted, SslProtocols protocol) => broker.ClientOptions("c") with
    {
        Port = broker.TlsPort,
        Tls = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = protocol,
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == trusted.GetCertHashString(),
        },
    };

    private sealed class Book : IMqttRefusals
    {
        public TaskCompletionSource<MqttRefusal> First { get; } = new();

        public void Refused(MqttRefusal refusal) => First.TrySetResult(refusal);
    }

    private sealed class ByCertificate : IMqttAuthenticator
    {
        public ValueTask<MqttAuthentication> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(request.Certificate?.Subject == "CN=node-7" ? MqttAuthentication.Accept() : MqttAuthentication.Refuse());
    }
}
