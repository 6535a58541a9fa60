using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using SmartRadio.Node.Link;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>The CONNECT of a node.</summary>
internal static class NodeLogin
{
    /// <summary>Bytes. MQTTnet's 8 KiB are less than one segment on loopback: TCP then waits.</summary>
    private const int SocketBuffer = 64 * 1024;

    /// <summary>Bytes of the largest packet that a node takes; a chunk has 4 KiB.</summary>
    private const int MaxPacket = 64 * 1024;

    /// <summary>How whoever has a node's secret connects as the node, with TLS where the broker speaks it.</summary>
    public static MqttClientOptionsBuilder Of(NodeIdentity identity, BrokerAddress broker)
    {
        var login = new MqttClientOptionsBuilder()
            .WithEndPoint(new DnsEndPoint(broker.Host, broker.Port))
            .WithTcpServer(tcp => tcp.BufferSize = SocketBuffer)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithMaximumPacketSize(MaxPacket)
            .WithClientId(identity.Name)
            .WithCleanStart()
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(30))
            // Read anew for each connection: it follows the node's newest secret.
            .WithCredentials(identity.Name, identity.Keys.BrokerPassword);
        return broker.Tls ? login.WithTlsOptions(tls =>
        {
            tls.UseTls().WithTargetHost(broker.Host);
            if (broker.Certificate is { } known)
            {
                tls.WithCertificateValidationHandler(
                    seen => seen.Certificate is X509Certificate2 shown && BrokerAddress.FingerprintOf(shown) == known);
            }
        }) : login;
    }
}
