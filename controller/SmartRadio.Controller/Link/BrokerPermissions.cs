using System.Security.Cryptography;
using System.Text;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Link;

/// <summary>
/// Who may use the embedded broker, and for what: the controller everything; a node only what is its own, and listening to
/// sound. This keeps order and spares lines. That no false sound is played does not rest on it but on what messages prove.
/// </summary>
public sealed class BrokerPermissions(BrokerAccount account, NodeSecrets secrets, BrokerRejections rejections) : IBrokerAccess
{
    private const string Streams = Topics.Root + "s/";
    private const string Objects = Topics.Root + "o/";

    internal static readonly SessionLimits OfNodes = new(MaxMessagesPerSecond: 50);

    /// <summary>It reads what all nodes send, and thousands may speak at once.</summary>
    internal static readonly SessionLimits OfController = new()
    {
        MaxPending = 100_000,
        // Nodes send all but their presence at QoS 0, receipts too: none of it is given up for what comes behind.
        MaxPendingAtQos0 = 100_000,
        MaxPendingBytes = 64 * 1024 * 1024,
        AssuredBytes = 64 * 1024 * 1024,
        MaxPacket = 1024 * 1024,
        MaxKeepAlive = 0,
    };

    private readonly BrokerIdentity _controller = new(account.UserName, OfController);

    public async ValueTask<BrokerIdentity?> SignInAsync(BrokerCredentials credentials, CancellationToken cancellationToken)
    {
        var password = credentials.Password;
        if (account.Matches(credentials.UserName, password.Span))
        {
            return _controller;
        }

        // A node's client id is its own id, or one node could throw another off by taking its session.
        if (credentials.UserName is { } nodeId && credentials.ClientId == nodeId
            && await secrets.FindAsync(nodeId, cancellationToken) is { } node
            && (IsPassword(node.Keys) || (node.Next is { } next && IsPassword(next.Keys))))
        {
            return new BrokerIdentity(nodeId, OfNodes);
        }

        return null;

        bool IsPassword(NodeKeys keys) =>
            CryptographicOperations.FixedTimeEquals(password.Span, Encoding.UTF8.GetBytes(keys.BrokerPassword));
    }

    public bool MayPublish(BrokerIdentity identity, string topic) =>
        ReferenceEquals(identity, _controller) || topic == Topics.Up(identity.Name) || topic == Topics.Here(identity.Name);

    public bool MaySubscribe(BrokerIdentity identity, string filter) =>
        ReferenceEquals(identity, _controller)
        || filter == Topics.Command(identity.Name) || filter == Topics.OwnObjects(identity.Name) || IsSound(filter);

    /// <summary>Presence alone: the rest proves itself and is sent again when it is needed.</summary>
    public bool IsRetained(string topic) => Topics.NodeOf(topic) is { } nodeId && topic == Topics.Here(nodeId);

    public void Rejected(RejectedAttempt attempt) => rejections.Rejected(attempt);

    // One stream or one object at a time: a node that could listen to all would fill its line with others' sound.
    private static bool IsSound(string filter) =>
        (filter.StartsWith(Streams, StringComparison.Ordinal) || filter.StartsWith(Objects, StringComparison.Ordinal))
        && filter.AsSpan().IndexOfAny('+', '#') < 0;
}
