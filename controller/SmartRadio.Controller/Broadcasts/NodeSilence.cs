using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Silences nodes at once, before anything is written: a disk that is full must not keep a loudspeaker talking.
/// </summary>
public sealed class NodeSilence(CommandSender commands, Events events)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <param name="broadcast">Which broadcast; 0 = whatever is on air.</param>
    /// <param name="nodeIds">Who.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task SendAsync(long broadcast, IAsyncEnumerable<string> nodeIds, CancellationToken cancellationToken)
    {
        var body = new StopCommand { Broadcast = broadcast }.Write();
        await foreach (var node in nodeIds.WithCancellation(cancellationToken))
        {
            await commands.SendAsync(node, CommandType.Stop, body, Lifetime, cancellationToken);
        }
    }

    /// <summary>Ends the streams of these broadcasts.</summary>
    public Task EndStreamsAsync(IReadOnlyCollection<long> broadcasts, CancellationToken cancellationToken) =>
        events.PublishAsync(new SilenceWanted(broadcasts), cancellationToken);
}
