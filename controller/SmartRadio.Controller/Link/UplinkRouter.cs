using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Link;

/// <summary>Takes what nodes send, checks that it is theirs, and passes it to the handler of its kind.</summary>
public sealed class UplinkRouter(
    IMessageBus bus,
    NodeSecrets secrets,
    INodePresence presence,
    RejectedLedger rejected,
    KeyRotation rotation,
    IEnumerable<IUpHandler> handlers,
    ILogger<UplinkRouter> logger) : BackgroundService
{
    private readonly FrozenDictionary<UpType, IUpHandler> _handlers = handlers.ToFrozenDictionary(handler => handler.Type);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await bus.SubscribeAsync(Topics.AllHere, stoppingToken);
        await bus.SubscribeAsync(Topics.AllUp, stoppingToken);
        await foreach (var message in bus.ReadAllAsync(stoppingToken))
        {
            try
            {
                await TakeAsync(message, stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // One message must never stop the others; the node sends what matters again.
                logger.LogError(problem, "A message on {Topic} could not be handled", message.Topic);
            }
        }
    }

    private async ValueTask TakeAsync(BusMessage message, CancellationToken cancellationToken)
    {
        if (Topics.NodeOf(message.Topic) is not { } nodeId || await secrets.FindAsync(nodeId, cancellationToken) is not { } node)
        {
            await RejectStrangerAsync(message, cancellationToken);
            return;
        }

        if (message.Topic == Topics.Here(nodeId))
        {
            // Presence is the broker's word, shown on a screen and never trusted with more. A retained "online" may be
            // left from before a crash: the node's next heartbeat says whether it is still there.
            var online = message.Payload.Span.SequenceEqual("online"u8);
            if (!online || !message.Retained)
            {
                presence.Present(nodeId, online, message.ReceivedAt);
            }

            return;
        }

        var bytes = message.Payload.ToArray();
        var signer = node.SignerOf(bytes);
        if (Opened(node, signer, bytes, message.ReceivedAt) is not { } envelope)
        {
            return;
        }

        if (node.Next is { } next)
        {
            if (signer == next.Keys)
            {
                node = await rotation.ConfirmAsync(nodeId, next.KeyId, cancellationToken) ?? node;
            }
            else if ((UpType)envelope.Type is UpType.Hello or UpType.Heartbeat)
            {
                await rotation.SendAsync(nodeId, cancellationToken);
            }
        }

        await PassAsync(new UpMessage(node, envelope, message.ReceivedAt), cancellationToken);
    }

    /// <summary>Counts a message that is no node's of ours, not by what it calls itself.</summary>
    private async ValueTask RejectStrangerAsync(BusMessage message, CancellationToken cancellationToken)
    {
        var nodeId = Topics.NodeOf(message.Topic);
        var revoked = nodeId is not null && await secrets.IsRevokedAsync(nodeId, cancellationToken);
        if (revoked && message.Topic == Topics.Here(nodeId))
        {
            // The last will of the connection that the revocation closed.
            return;
        }

        rejected.Count(
            revoked ? nodeId! : RejectedLedger.Strangers,
            RejectedBy.Controller,
            revoked ? RejectedReason.Revoked : RejectedReason.Stranger,
            message.ReceivedAt);
    }

    private Envelope? Opened(NodeKeyring node, NodeKeys? signer, byte[] bytes, DateTimeOffset at)
    {
        var envelope = Envelope.Parse(bytes);
        RejectedReason? rejection = envelope switch
        {
            null => RejectedReason.Malformed,
            _ when !envelope.NodeId.AsSpan().SequenceEqual(node.IdBytes) => RejectedReason.WrongNode,
            _ when signer is null => RejectedReason.Unauthenticated,
            _ when IsBoundToCounter(envelope) && envelope.Counter <= presence.UpCounterOf(node.NodeId) => RejectedReason.Replayed,
            _ => null,
        };
        if (rejection is not { } reason)
        {
            return envelope;
        }

        rejected.Count(node.NodeId, RejectedBy.Controller, reason, at);
        return null;
    }

    private bool IsBoundToCounter(Envelope envelope) =>
        !_handlers.TryGetValue((UpType)envelope.Type, out var handler) || handler.IsBoundToCounter;

    private async ValueTask PassAsync(UpMessage message, CancellationToken cancellationToken)
    {
        var handler = _handlers.GetValueOrDefault((UpType)message.Envelope.Type);
        var isUnderstood = handler is not null && await handler.HandleAsync(message, cancellationToken);
        if (handler is null || handler.IsBoundToCounter || !isUnderstood)
        {
            presence.Heard(message.NodeId, message.Envelope.Counter, message.At);
        }

        if (!isUnderstood)
        {
            rejected.Count(message.NodeId, RejectedBy.Controller, RejectedReason.Malformed, message.At);
        }
    }
}
