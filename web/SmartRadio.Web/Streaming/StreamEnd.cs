using System.Security.Claims;
using System.Threading.Channels;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Streaming;

/// <summary>
/// Ends open streams with their session: at once when its person is changed, signs out here or elsewhere, and when its time is
/// over. A change that another process made is seen a few seconds later.
/// </summary>
internal sealed class StreamEnd(IWatcherSession session, ChangeFeed feed, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Returns when the stream ends anyway, or after it has ended it.</summary>
    /// <param name="context">The stream's request.</param>
    /// <param name="stream">Cancelled when the session is over.</param>
    public async Task WatchAsync(HttpContext context, CancellationTokenSource stream)
    {
        var person = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? string.Empty;
        var changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var pump = PumpAsync(new Subject("person", person), changed.Writer, stream.Token);
        try
        {
            while (await session.LastsUntilAsync(context, stream.Token) is { } until)
            {
                var left = until - time.GetUtcNow();
                if (!await SignalAsync(changed.Reader, left < Longest ? left : Longest, stream.Token))
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone.
        }
        finally
        {
            await stream.CancelAsync();
            await pump;
        }
    }

    /// <summary>Passes the changes of a thing on until it is cancelled.</summary>
    public async Task PumpAsync(Subject watched, ChannelWriter<bool> changes, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in feed.WatchAsync(watched, cancellationToken))
            {
                changes.TryWrite(change);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone.
        }
    }

    /// <summary>Waits for a change, at most so long; false when it was cancelled meanwhile.</summary>
    public async Task<bool> SignalAsync(ChannelReader<bool> changes, TimeSpan most, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), patience, most > TimeSpan.Zero ? most : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        try
        {
            await changes.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Either the time is up or the reader has gone.
        }

        return !cancellationToken.IsCancellationRequested;
    }
}
