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
        var pump = feed.PumpAsync(
            new Subject("person", person), () => changed.Writer.TryWrite(true), stream.Token);
        try
        {
            while (await session.LastsUntilAsync(context, stream.Token) is { } until)
            {
                var left = until - time.GetUtcNow();
                if (!await time.WaitAsync(changed.Reader, left < Longest ? left : Longest, stream.Token))
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
}
