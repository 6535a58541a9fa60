using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Link;

/// <summary>Seals commands for one node and hands them to the bus.</summary>
public sealed class CommandSender(
    IMessageBus bus, NodeSecrets secrets, CommandCounter counter, DataLedger data, TimeProvider time)
{
    // A reply is bound to a request that the node still remembers.
    private static readonly TimeSpan ReplyLifetime = TimeSpan.FromSeconds(30);

    private readonly Lock _order = new();

    /// <summary>Sends a command that the node acts on only if its counter is new.</summary>
    /// <returns>False when the node is unknown or revoked, or the link is down.</returns>
    public async ValueTask<bool> SendAsync(
        string nodeId, CommandType type, byte[] body, TimeSpan lifetime, CancellationToken cancellationToken) =>
        await secrets.FindAsync(nodeId, cancellationToken) is { } node && Send(node, type, body, lifetime);

    /// <summary>The same, for a node whose keys are at hand.</summary>
    public bool Send(NodeKeyring node, CommandType type, byte[] body, TimeSpan lifetime) =>
        Send(node, type, _ => body, lifetime);

    /// <summary>The same, for a body that holds a key: it is encrypted under the command's own counter.</summary>
    public bool Send(NodeKeyring node, CommandType type, Func<long, byte[]> bodyOf, TimeSpan lifetime)
    {
        // A node takes only rising counters: commands go out in the order in which these are taken.
        lock (_order)
        {
            var count = counter.Next();
            return Send(node, type, count, bodyOf(count), lifetime);
        }
    }

    /// <summary>Answers a request of the node; the body names the request.</summary>
    public bool Reply(NodeKeyring node, CommandType type, byte[] body) => Send(node, type, 0, body, ReplyLifetime);

    private bool Send(NodeKeyring node, CommandType type, long count, byte[] body, TimeSpan lifetime)
    {
        var now = time.GetUtcNow();
        var envelope = new Envelope
        {
            Type = (byte)type,
            KeyId = node.KeyId,
            NodeId = node.IdBytes,
            Counter = count,
            Issued = now.ToUnixTimeMilliseconds(),
            Expires = (now + lifetime).ToUnixTimeMilliseconds(),
            Body = body,
        };
        // A clock reply that waited in a session would only mislead.
        var reliable = type != CommandType.ClockReply;
        var topic = Topics.Command(node.NodeId);
        var message = envelope.Seal(node.Keys.Command);
        if (!bus.TryPublish(topic, message, reliable))
        {
            return false;
        }

        data.Of(node.NodeId).Add(topic.Length + message.Length);
        return true;
    }
}
