using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Delivery.Objects;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Nodes;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Link;

/// <summary>Takes what nodes send, checks that it is theirs, and passes it to whoever it concerns.</summary>
public sealed class UplinkRouter(
    IMessageBus bus,
    NodeSecrets secrets,
    NodeStatusCache board,
    PlanSync plans,
    ReceiptStore receipts,
    ObjectDistributor objects,
    CommandSender commands,
    RejectedLedger refusals,
    NodeRejections reported,
    KeyRotation rotation,
    CounterRecovery resumption,
    TimeProvider time,
    ILogger<UplinkRouter> logger) : BackgroundService
{
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

    private async ValueTask TakeAsync(BusMessage message, CancellationToken cancel)
    {
        if (Topics.NodeOf(message.Topic) is not { } nodeId || await secrets.FindAsync(nodeId, cancel) is not { } node)
        {
            await RefuseStrangerAsync(message, cancel);
            return;
        }

        if (message.Topic == Topics.Here(nodeId))
        {
            // Presence is the broker's word, shown on a screen and never trusted with more. A retained "online" may be
            // left from before a crash: the node's next heartbeat says whether it is still there.
            var online = message.Payload.Span.SequenceEqual("online"u8);
            if (!online || !message.Retained)
            {
                board.Present(nodeId, online, message.ReceivedAt);
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
                node = await rotation.ConfirmAsync(nodeId, next.KeyId, cancel) ?? node;
            }
            else if ((UpType)envelope.Type is UpType.Hello or UpType.Heartbeat)
            {
                await rotation.SendAsync(nodeId, cancel);
            }
        }

        if ((UpType)envelope.Type == UpType.ResumeRequest && ResumeRequest.Read(envelope.Body) is { } lost)
        {
            await resumption.AnswerAsync(node, lost, cancel);
            return;
        }

        Pass(node, envelope, message.ReceivedAt);
    }

    /// <summary>Counts a message that is no node's of ours, not by what it calls itself.</summary>
    private async ValueTask RefuseStrangerAsync(BusMessage message, CancellationToken cancel)
    {
        var nodeId = Topics.NodeOf(message.Topic);
        var revoked = nodeId is not null && await secrets.IsRevokedAsync(nodeId, cancel);
        if (revoked && message.Topic == Topics.Here(nodeId))
        {
            // The last will of the connection that the revocation closed.
            return;
        }

        refusals.Count(
            revoked ? nodeId! : RejectedLedger.Strangers,
            RejectedBy.Controller,
            revoked ? RejectedReason.Revoked : RejectedReason.Stranger,
            message.ReceivedAt);
    }

    private Envelope? Opened(NodeKeyring node, NodeKeys? signer, byte[] bytes, DateTimeOffset at)
    {
        var envelope = Envelope.Parse(bytes);
        RejectedReason? refusal = envelope switch
        {
            null => RejectedReason.Malformed,
            _ when !envelope.NodeId.AsSpan().SequenceEqual(node.IdBytes) => RejectedReason.WrongNode,
            _ when signer is null => RejectedReason.Unauthenticated,
            // A node that lost its counters cannot know better, and asking where it stood changes nothing.
            _ when (UpType)envelope.Type != UpType.ResumeRequest && envelope.Counter <= board.Find(node.NodeId).UpCounter => RejectedReason.Replayed,
            _ => null,
        };
        if (refusal is not { } reason)
        {
            return envelope;
        }

        refusals.Count(node.NodeId, RejectedBy.Controller, reason, at);
        return null;
    }

    private void Pass(NodeKeyring node, Envelope envelope, DateTimeOffset at)
    {
        var nodeId = node.NodeId;
        var understood = true;
        switch ((UpType)envelope.Type)
        {
            case UpType.Hello when Hello.Read(envelope.Body) is { } hello:
                board.Heard(nodeId, hello, envelope.Counter, at);
                plans.Reported(nodeId, hello.PlanNumber, fresh: true);
                return;
            case UpType.Heartbeat when Heartbeat.Read(envelope.Body) is { } beat:
                reported.Heard(board.Find(nodeId), beat, at);
                board.Heard(nodeId, beat, envelope.Counter, at);
                plans.Reported(nodeId, beat.PlanNumber, fresh: false);
                return;
            case UpType.Health when Health.Read(envelope.Body) is { } health:
                board.Heard(nodeId, health, envelope.Counter, at);
                return;
            case UpType.Receipts when ReceiptReport.Read(envelope.Body) is { } report:
                receipts.Store(node, report);
                break;
            case UpType.ChunkRequest when ChunkRequest.Read(envelope.Body) is { } request:
                objects.Want(nodeId, request);
                break;
            case UpType.ClockRequest when ClockRequest.Read(envelope.Body) is { } request:
                commands.Reply(node, CommandType.ClockReply, new ClockReply
                {
                    RequestCounter = envelope.Counter,
                    NodeSent = request.NodeSent,
                    ControllerReceived = at.ToUnixTimeMilliseconds(),
                    ControllerSent = time.GetUtcNow().ToUnixTimeMilliseconds(),
                }.Write());
                break;
            default:
                understood = false;
                break;
        }

        board.Heard(nodeId, envelope.Counter, at);
        if (!understood)
        {
            refusals.Count(nodeId, RejectedBy.Controller, RejectedReason.Malformed, at);
        }
    }
}
