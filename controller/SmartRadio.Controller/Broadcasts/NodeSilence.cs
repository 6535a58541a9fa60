using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Silences nodes at once, before anything is written: a disk that is full must not keep a loudspeaker talking.
/// </summary>
public sealed class NodeSilence(CommandSender commands, NodeSecrets secrets, Events events)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <param name="broadcast">Which broadcast; 0 = whatever is on air.</param>
    /// <param name="nodeIds">Who.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// False when the link did not take all of it. Those nodes fall silent by their next plan, when the link is back.
    /// </returns>
    public async Task<bool> SendAsync(long broadcast, IAsyncEnumerable<string> nodeIds, CancellationToken cancellationToken)
    {
        var body = new StopCommand { Broadcast = broadcast }.Write();
        var isTaken = true;
        await foreach (var node in nodeIds.WithCancellation(cancellationToken))
        {
            // A node without keys was never connected: it plays nothing.
            isTaken &= await secrets.FindAsync(node, cancellationToken) is not { } keyring
                || commands.Send(keyring, CommandType.Stop, body, Lifetime);
        }

        return isTaken;
    }

    /// <summary>Ends the streams of these broadcasts.</summary>
    public Task EndStreamsAsync(IReadOnlyCollection<long> broadcasts, CancellationToken cancellationToken) =>
        events.PublishAsync(new SilenceWanted(broadcasts), cancellationToken);
}
