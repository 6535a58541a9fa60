using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;

namespace SmartRadio.Controller.Link;

/// <summary>The bus over MQTT, to the embedded broker or any other: the same path for both.</summary>
/// <param name="options">Where the broker is.</param>
/// <param name="account">The controller's account there.</param>
/// <param name="time">Times reconnections and stamps what arrives.</param>
/// <param name="logger">Takes the link's log.</param>
/// <param name="embedded">The broker of this process, started before; null when another is used.</param>
public sealed class MqttMessageBus(
    IOptions<MqttOptions> options,
    BrokerAccount account,
    TimeProvider time,
    ILogger<MqttLink> logger,
    EmbeddedBroker? embedded = null) : IMessageBus, IHostedService, IAsyncDisposable
{
    private MqttLink? _link;

    public bool IsConnected => _link is { IsConnected: true };

    private MqttLink Link => _link ?? throw new InvalidOperationException("The message bus has not been started.");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var mqtt = options.Value;
        var linkOptions = new MqttLinkOptions
        {
            Host = embedded?.EndPoint is { } own ? Reachable(own.Address) : mqtt.Host ?? mqtt.Listen,
            Port = embedded?.EndPoint?.Port ?? mqtt.Port,
            ClientId = $"controller-{Environment.MachineName}-{Environment.ProcessId}",
            UserName = account.UserName,
            Password = account.Password,
            Tls = embedded is null && mqtt.Tls ? TlsOf(mqtt) : null,
        };
        _link = new MqttLink(linkOptions, time, logger);
        _link.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public ValueTask DisposeAsync() => _link?.DisposeAsync() ?? ValueTask.CompletedTask;

    public Task SubscribeAsync(string filter, CancellationToken cancellationToken) =>
        Link.SubscribeAsync(filter, cancellationToken);

    public async IAsyncEnumerable<BusMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in Link.ReadAllAsync(cancellationToken))
        {
            yield return new BusMessage(message.Topic, message.Payload, message.Retained, message.ReceivedAt);
        }
    }

    public bool TryPublish(string topic, ReadOnlyMemory<byte> payload, bool reliable) =>
        Link.TryPublish(topic, payload, reliable);

    private static SslClientAuthenticationOptions TlsOf(MqttOptions mqtt)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (mqtt.TlsAuthority is { } authority)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(CertificateFileAttribute.Read(authority));
        }

        return new SslClientAuthenticationOptions { TargetHost = mqtt.Host, CertificateChainPolicy = policy };
    }

    /// <summary>Who listens on all addresses is reached on loopback: nobody can connect to "all".</summary>
    private static string Reachable(IPAddress listening) =>
        (listening.Equals(IPAddress.Any)
            ? IPAddress.Loopback
            : listening.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listening).ToString();
}
