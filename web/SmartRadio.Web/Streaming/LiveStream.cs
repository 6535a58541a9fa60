using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Threading.Channels;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Streaming;

/// <summary>
/// Sends a page's islands whenever they look different. They are drawn once for all who see the same. What is sent is always the
/// newest state: a slow line skips states, it never queues them.
/// </summary>
internal sealed class LiveStream(
    IslandHub islands, StreamEnd end, AccessQuery access, ChangeFeed feed, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public const int MaxIslands = 4;

    private const string Beat = "beat";

    // Two pictures a second are smooth to read and cost little.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    // Then the browser asks again, so that no connection is forgotten.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    // A silent line must be told from a dead one.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Events named by the island's place on the page ("0", "1" …) with its HTML or what differs of it
    /// (<see cref="IslandPatch"/>), and "beat" while nothing changes. An event's id is the mark of what the reader holds then.
    /// </summary>
    /// <param name="shown">The islands of the page, in their order.</param>
    /// <param name="held">Marks of the pictures that the reader holds of them already; he is sent what differs of these.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<SseItem<string>> WatchAsync(
        IReadOnlyList<OpenIsland> shown, IReadOnlyList<string> held, HttpContext context,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var person = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? string.Empty;
        using var life = new CancellationTokenSource(Life, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, context.RequestAborted, lifetime.ApplicationStopping, life.Token);
        var news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        // Who gets or loses a role, or an area below his own, sees something else from then on.
        var rights = 0;
        var pumps = new[] { new Subject("person", person), new Subject("area") }.Select(each => feed.PumpAsync(
            each,
            () =>
            {
                Interlocked.Exchange(ref rights, 1);
                news.Writer.TryWrite(true);
            },
            stop.Token)).Append(end.WatchAsync(context, stop)).ToArray();
        var sent = new string?[shown.Count];
        SharedIsland[] open = [];
        try
        {
            do
            {
                if (Interlocked.Exchange(ref rights, 0) == 1)
                {
                    var grants = await access.GrantsAsync(new Actor(person, string.Empty), stop.Token);
                    open = Change(open, shown, grants, news.Writer);
                    await Task.WhenAll(open.Select(island => island.First)).WaitAsync(stop.Token);
                }

                var isQuiet = true;
                for (var i = 0; i < open.Length; i++)
                {
                    if (open[i].Picture is not { } picture || picture.Html == sent[i])
                    {
                        continue;
                    }

                    var before = sent[i];
                    sent[i] = picture.Html;
                    if (before is not null || picture.Mark != held.ElementAtOrDefault(i))
                    {
                        isQuiet = false;
                        var change = IslandPatch.Of(before, picture.Html);
                        yield return new SseItem<string>(change, i.ToString(CultureInfo.InvariantCulture))
                        {
                            EventId = picture.Mark,
                        };
                    }
                }

                if (isQuiet)
                {
                    yield return new SseItem<string>(string.Empty, Beat);
                }

                await Task.Delay(Shortest, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            while (await time.WaitAsync(news.Reader, Longest, stop.Token));
        }
        finally
        {
            // However it ended: nobody goes on watching for a reader who has gone.
            await stop.CancelAsync();
            Leave(open, news.Writer);
            await Task.WhenAll(pumps);
        }
    }

    /// <summary>Looks at the islands with other rights than before.</summary>
    private SharedIsland[] Change(
        SharedIsland[] before, IReadOnlyList<OpenIsland> shown, Grants grants, ChannelWriter<bool> reader)
    {
        var viewer = Viewer.KeyOf(grants);
        SharedIsland[] now = [.. shown.Select(each => islands.Join(each, CultureInfo.CurrentUICulture, grants, viewer))];
        foreach (var island in before)
        {
            islands.Leave(island);
        }

        foreach (var island in before.Except(now))
        {
            island.Forget(reader);
        }

        foreach (var island in now)
        {
            island.Tell(reader);
        }

        return now;
    }

    private void Leave(SharedIsland[] open, ChannelWriter<bool> reader)
    {
        foreach (var island in open)
        {
            island.Forget(reader);
            islands.Leave(island);
        }
    }
}
