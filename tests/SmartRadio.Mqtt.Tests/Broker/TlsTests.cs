using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.Mqtt.Tests.Broker;

public sealed class TlsTests : IAsyncLifetime
{
    private readonly X509Certificate2 _certificate = TestCertificate.Create();
    private readonly string _file = Path.GetTempFileName();
    private TestBroker _broker = null!;

    private int Port => _broker.Embedded.TlsEndPoint!.Port;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, _certificate.ExportCertificatePem());
        _broker = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _certificate.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public async Task Clients_of_both_ports_hear_each_other()
    {
        using var safe = await OpenAsync();
        using var open = await _broker.SignInAsync("2");
        await safe.SignInAsync("1");
        await safe.SubscribeAsync("to/safe");
        await open.SubscribeAsync("to/open");

        await open.PublishAsync("to/safe", "a");
        await safe.HearsAsync("a");
        await safe.PublishAsync("to/open", "b");
        await open.HearsAsync("b");
    }

    [Fact]
    public async Task Mosquitto_trusts_the_certificate_it_is_given()
    {
        using var listener = await _broker.SignInAsync("listener");
        await listener.SubscribeAsync("a");

        await ChildProcess.RunAsync(
            "mosquitto_pub", "-h", "localhost", "-p", $"{Port}", "--cafile", _file, "-i", "m", "-t", "a", "-m", "x", "-q", "1");

        await listener.HearsAsync("x");
    }

    [Fact]
    public async Task Client_that_does_not_trust_it_ends_and_harms_nobody()
    {
        await Assert.ThrowsAsync<AuthenticationException>(() => OpenAsync(trusts: false));

        using var good = await OpenAsync();
        Assert.Equal(MqttConnectReasonCode.Success, (await good.SignInAsync("1")).ReasonCode);
    }

    /// <summary>Nothing at all, the first bytes of a handshake, and MQTT in the clear.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("1603010200010001FC0303")]
    [InlineData("100E00044D5154540502003C0000000131")]
    public async Task Handshake_that_stalls_is_closed_and_harms_nobody(string bytes)
    {
        using var stalled = await RawClient.OpenAsync(Port);
        if (bytes.Length > 0)
        {
            await stalled.SendAsync(Convert.FromHexString(bytes));
        }

        using var good = await OpenAsync();
        Assert.Equal(MqttConnectReasonCode.Success, (await good.SignInAsync("1")).ReasonCode);
        Assert.True((await stalled.ReceiveBytesUntilClosedAsync()).Length < 100);
        await good.HearsNothingAsync();
        Assert.Equal(1, _broker.Metrics.Connected);
    }

    [Fact]
    public async Task Sign_in_that_never_comes_after_the_handshake_is_not_waited_for()
    {
        using var silent = await OpenAsync();

        Assert.Empty(await silent.ReceiveUntilClosedAsync());
    }

    [Fact]
    public async Task Connections_of_both_ports_are_counted_together()
    {
        await using var broker = await StartAsync(maxConnections: 2);
        using var open = await broker.SignInAsync("1");
        var safe = await OpenAsync(broker);
        await safe.SignInAsync("2");

        Assert.False(await IsLetInAsync(() => broker.OpenAsync()));
        Assert.False(await IsLetInAsync(() => OpenAsync(broker)));

        safe.Dispose();
        await Poll.UntilAsync("its place is free", () => IsLetInAsync(() => broker.OpenAsync()));
        await Poll.UntilAsync("and so it is over TLS", () => IsLetInAsync(() => OpenAsync(broker)));
        await open.HearsNothingAsync();
    }

    /// <summary>Its keep-alive runs out while it is sent to: what was written comes once, and the connection ends.</summary>
    [Fact]
    public async Task Reader_that_stalls_hears_nothing_twice_and_frees_its_connection()
    {
        const int Size = 10_000;
        await using var broker = await StartAsync(maxConnections: 2);
        using var stalled = await OpenAsync(broker);
        await stalled.SignInAsync("stalled", connect => connect.KeepAlivePeriod = 1);
        await stalled.SubscribeAsync("a");
        using (var speaker = await broker.SignInAsync("speaker"))
        {
            for (var i = 0; i < 1000; i++)
            {
                await speaker.SendAsync(speaker.Publish("a", [.. BitConverter.GetBytes(i), .. new byte[Size]]));
            }

            await speaker.PublishAsync("done", "");
        }

        await Poll.UntilAsync("both are gone", () => (broker.Metrics.Connected, broker.Metrics.PendingBytes) == (0, 0));
        using var first = await broker.SignInAsync("first");
        await Poll.UntilAsync("its place is free", () => IsLetInAsync(() => broker.OpenAsync()));

        var heard = (await stalled.ReceiveUntilClosedAsync()).OfType<MqttPublishPacket>().ToList();
        var numbers = heard.Select(message => BitConverter.ToInt32(message.Payload.FirstSpan)).ToList();
        Assert.NotEmpty(heard);
        Assert.All(heard, message => Assert.Equal(Size + 4, message.Payload.Length));
        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    /// <summary>Whether the broker answers a CONNECT over a new connection, which is closed again.</summary>
    private static async Task<bool> IsLetInAsync(Func<Task<RawClient>> open)
    {
        try
        {
            using var client = await open();
            await client.SendAsync(RawClient.Connect("probe"));
            return await client.TryReceiveAsync() is MqttConnAckPacket;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Task<TestBroker> StartAsync(int maxConnections = 100) => TestBroker.StartAsync(options =>
    {
        (options.TlsPort, options.ConfigureTls) = (0, https => https.ServerCertificate = _certificate);
        (options.MaxConnections, options.SignInTimeout) = (maxConnections, TimeSpan.FromSeconds(1));
    });

    private async Task<RawClient> OpenAsync(TestBroker? broker = null, bool trusts = true)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, (broker ?? _broker).Embedded.TlsEndPoint!.Port);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var options = new SslClientAuthenticationOptions { TargetHost = "localhost" };
        if (trusts)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.Add(_certificate);
        }

        await tls.AuthenticateAsClientAsync(options);
        return RawClient.Over(tls);
    }
}
