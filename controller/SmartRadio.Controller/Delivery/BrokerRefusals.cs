using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Fleet;
using SmartRadio.Controller.Storage;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Wire;

namespace SmartRadio.Controller.Delivery;

/// <summary>Writes down what the embedded broker refused, under the node in whose name it was tried.</summary>
public sealed class BrokerRefusals(
    IDbContextFactory<RadioDb> databases, RefusalLedger ledger, TimeProvider time, ILogger<BrokerRefusals> logger) : BackgroundService, IMqttRefusals
{
    // The broker tells of few a second; what does not fit is a flood.
    private readonly Channel<MqttRefusal> _told =
        Channel.CreateBounded<MqttRefusal>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Refused(MqttRefusal refusal) => _told.Writer.TryWrite(refusal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var refusal in _told.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await CountAsync(refusal, stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "A refusal of the broker could not be counted");
            }
        }
    }

    private async Task CountAsync(MqttRefusal refusal, CancellationToken cancel)
    {
        // The user name is what the client says: before it has proved it, only that the node exists is known.
        var node = Hex.Decode(refusal.UserName, Protocol.NodeIdLength) is null ? null : await FindAsync(refusal.UserName!, cancel);
        var reason = refusal.Operation switch
        {
            _ when node is { Revoked: true } => RefusalReason.Revoked,
            MqttOperation.Publish => RefusalReason.Publish,
            MqttOperation.Subscribe => RefusalReason.Subscribe,
            _ => RefusalReason.Connect,
        };
        ledger.Count(node?.Id ?? RefusalLedger.Strangers, RefusedBy.Broker, reason, time.GetUtcNow());
    }

    private async Task<Known?> FindAsync(string nodeId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Nodes.Where(node => node.Id == nodeId).Select(node => new Known(node.Id, node.RevokedAt != null)).FirstOrDefaultAsync(cancel);
    }

    private sealed record Known(string Id, bool Revoked);
}
