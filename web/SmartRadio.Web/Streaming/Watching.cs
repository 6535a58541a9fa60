using System.Threading.Channels;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Streaming;

/// <summary>Waits for changes that pages show.</summary>
internal static class Watching
{
    /// <summary>Calls at once, and then each time something changed, until the token ends it.</summary>
    public static async Task PumpAsync(
        this ChangeFeed feed, Subject watched, Action changed, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in feed.WatchAsync(watched, cancellationToken))
            {
                changed();
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone.
        }
    }

    /// <summary>True after a change or after the time; false when the token ended it.</summary>
    public static async Task<bool> WaitAsync(
        this TimeProvider time, ChannelReader<bool> changes, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var timer = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), patience,
            longest > TimeSpan.Zero ? longest : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        try
        {
            await changes.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Either the time is up or nobody waits any more.
        }

        return !cancellationToken.IsCancellationRequested;
    }
}
