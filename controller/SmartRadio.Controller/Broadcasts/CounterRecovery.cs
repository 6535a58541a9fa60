using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Tells a node that lost its counters where it stood. Nothing changes here, so that it does not matter who repeats the question;
/// and the answer fits only the node that asked it just now.
/// </summary>
public sealed class CounterRecovery(
    IDbContextFactory<RadioDb> databases, NodeStatusCache board, CommandCounter counter,
    CommandSender commands, TimeProvider time)
    : IUpHandler
{
    /// <summary>A node asks no more often; whoever repeats a question is not to cost a query each time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _answered = new(StringComparer.Ordinal);

    public UpType Type => UpType.ResumeRequest;

    // A node that lost its counters cannot know better, and asking where it stood changes nothing.
    public bool IsBoundToCounter => false;

    public async ValueTask<bool> HandleAsync(UpMessage message, CancellationToken cancellationToken)
    {
        if (ResumeRequest.Read(message.Envelope.Body) is not { } request)
        {
            return false;
        }

        await AnswerAsync(message.Node, request, cancellationToken);
        return true;
    }

    private async Task AnswerAsync(NodeKeyring node, ResumeRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_answered.TryGetValue(node.NodeId, out var last) && now - last < Pause)
        {
            return;
        }

        _answered[node.NodeId] = now;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        commands.Reply(node, CommandType.ResumeReply, new ResumeReply
        {
            Nonce = request.Nonce,
            UpCounter = board.Find(node.NodeId).UpCounter,
            CommandCounter = counter.Last,
            Receipt = await db.Receipts.Where(receipt => receipt.NodeId == node.NodeId)
                .MaxAsync(receipt => (long?)receipt.Number, cancellationToken) ?? 0,
        }.Write());
    }
}
