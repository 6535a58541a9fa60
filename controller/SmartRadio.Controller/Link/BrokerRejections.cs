using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Link;

/// <summary>Writes down what the embedded broker rejected, under the node in whose name it was tried.</summary>
public sealed class BrokerRejections(
    NodeSecrets secrets, RejectedLedger ledger, TimeProvider time, ILogger<BrokerRejections> logger) : BackgroundService
{
    /// <summary>Written down in a second; what comes beyond is a flood, which the broker's own figures count.</summary>
    public const int MostPerSecond = 50;

    /// <summary>Of these, about one account: it must not hide the others.</summary>
    public const int MostPerAccount = 5;

    private readonly Channel<RejectedAttempt> _told =
        Channel.CreateBounded<RejectedAttempt>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _thisSecond = new(StringComparer.Ordinal);
    private long _second;

    /// <summary>Takes note of it without waiting.</summary>
    public void Rejected(RejectedAttempt attempt)
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        var account = attempt.UserName ?? string.Empty;
        lock (_gate)
        {
            if (second != _second)
            {
                _second = second;
                _thisSecond.Clear();
            }

            var ofAccount = _thisSecond.GetValueOrDefault(account);
            if (ofAccount >= MostPerAccount || _thisSecond.Values.Sum() >= MostPerSecond)
            {
                return;
            }

            _thisSecond[account] = ofAccount + 1;
        }

        _told.Writer.TryWrite(attempt);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var attempt in _told.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await CountAsync(attempt, stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "A rejection by the broker could not be counted");
            }
        }
    }

    private async Task CountAsync(RejectedAttempt attempt, CancellationToken cancellationToken)
    {
        // The user name is what the client says: before it has proved it, only that the node exists is known.
        var name = attempt.UserName ?? string.Empty;
        var isRevoked = Hex.Decode(name, WireSizes.NodeIdLength) is not null
            && await secrets.IsRevokedAsync(name, cancellationToken);
        var isKnown = isRevoked || await secrets.FindAsync(name, cancellationToken) is not null;
        var reason = attempt.Operation switch
        {
            _ when isRevoked => RejectedReason.Revoked,
            BrokerOperation.Publish => RejectedReason.Publish,
            BrokerOperation.Subscribe => RejectedReason.Subscribe,
            _ => RejectedReason.Connect,
        };
        ledger.Count(isKnown ? name : RejectedLedger.Strangers, RejectedBy.Broker, reason, time.GetUtcNow());
    }
}
