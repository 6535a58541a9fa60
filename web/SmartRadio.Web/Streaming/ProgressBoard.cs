using System.Collections.Concurrent;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace SmartRadio.Web.Streaming;

/// <summary>How far a form's work has got, for the page that sent it. The page made up the token.</summary>
internal sealed class ProgressBoard(StreamEnd end, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    // A token nobody works on is not watched for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, Work> _open = new();

    /// <summary>Where the work reports to; dispose it when the work is over. Null without a valid token.</summary>
    public Work? Open(string? token) => Guid.TryParse(token, out var id) ? _open.GetOrAdd(id, new Work(this, id)) : null;

    /// <summary>Percent of the work done, each time it changed, until the work is over.</summary>
    public async IAsyncEnumerable<SseItem<string>> WatchAsync(
        Guid token, HttpContext context, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, context.RequestAborted, lifetime.ApplicationStopping);
        var watch = end.WatchAsync(context, stop);
        try
        {
            var shown = -1;
            var since = time.GetTimestamp();
            var begun = false;
            while (!stop.IsCancellationRequested && time.GetElapsedTime(since) < Patience)
            {
                if (_open.TryGetValue(token, out var work))
                {
                    begun = true;
                    var percent = (int)(work.Share * 100);
                    if (percent != shown)
                    {
                        shown = percent;
                        yield return new SseItem<string>(percent.ToString(CultureInfo.InvariantCulture), "progress");
                    }
                }
                else if (begun)
                {
                    break;
                }

                await Task.Delay(Step, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await watch;
        }

        yield return new SseItem<string>("100", "end");
    }

    /// <summary>One form's work.</summary>
    internal sealed class Work(ProgressBoard board, Guid token) : IProgress<double>, IDisposable
    {
        private double _share;

        public double Share => Volatile.Read(ref _share);

        public void Report(double value) => Volatile.Write(ref _share, Math.Clamp(value, 0, 1));

        public void Dispose() => board._open.TryRemove(token, out _);
    }
}
