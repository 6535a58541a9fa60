using System.Security.Cryptography;
using System.Text;
using SmartRadio.Controller.Fleet;
using SmartRadio.Mqtt;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Wire;

namespace SmartRadio.Controller.Delivery;

/// <summary>
/// Who may use the embedded broker, and for what: the controller everything; a node only what is its own, and listening to
/// sound. This keeps order and spares lines. That no false sound is played does not rest on it but on what messages prove.
/// </summary>
public sealed class NodeAccess(BrokerAccount account, NodeSecrets secrets) : IMqttAuthenticator, IMqttAuthorizer
{
    private static readonly object Controller = new();

    private const string Streams = Topics.Root + "s/";
    private const string Objects = Topics.Root + "o/";

    public async ValueTask<MqttAuthentication> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellationToken)
    {
        var password = request.Password ?? ReadOnlyMemory<byte>.Empty;
        if (account.Matches(request.UserName, password.Span))
        {
            return MqttAuthentication.Accept(Controller);
        }

        // A node's client id is its own id, or one node could throw another off by taking its session.
        if (request.UserName is { } nodeId && request.ClientId == nodeId
            && await secrets.FindAsync(nodeId, cancellationToken) is { } node
            && (IsPassword(node.Keys) || (node.Next is { } next && IsPassword(next.Keys))))
        {
            return MqttAuthentication.Accept(nodeId);
        }

        return MqttAuthentication.Refuse(MqttReasonCode.BadUserNameOrPassword);

        bool IsPassword(NodeKeys keys) => CryptographicOperations.FixedTimeEquals(password.Span, Encoding.UTF8.GetBytes(keys.BrokerPassword));
    }

    public bool MayPublish(MqttPeer peer, string topic) =>
        peer.Identity == Controller
        || (peer.Identity is string nodeId && (topic == Topics.Up(nodeId) || topic == Topics.Here(nodeId)));

    public bool MaySubscribe(MqttPeer peer, string filter) =>
        peer.Identity == Controller
        || (peer.Identity is string nodeId && (filter == Topics.Command(nodeId) || filter == Topics.OwnObjects(nodeId) || IsSound(filter)));

    // One stream or one object at a time: a node that could listen to all would fill its line with others' sound.
    private static bool IsSound(string filter) =>
        (filter.StartsWith(Streams, StringComparison.Ordinal) || filter.StartsWith(Objects, StringComparison.Ordinal))
        && filter.AsSpan().IndexOfAny('+', '#') < 0;
}
