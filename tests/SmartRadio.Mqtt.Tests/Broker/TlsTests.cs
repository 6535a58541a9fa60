using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Tests.Setting;
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
        _broker = await TestBroker.StartAsync(options =>
            (options.TlsPort, options.Certificate, options.SignInTimeout) = (0, () => (_certificate, []), TimeSpan.FromSeconds(1)));
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

    private async Task<RawClient> OpenAsync(bool trusts = true)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Port);
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
