using Microsoft.AspNetCore.Components.Endpoints;
using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Streaming;

/// <summary>
/// How many pages and pictures are drawn at once. Drawing takes processors and nothing else, so more at once finish no sooner;
/// the others wait in a line. What stops, warns or comes from a loudspeaker needs no turn and finds the processors free.
/// </summary>
internal sealed class DrawingTurns(TimeProvider time) : IDisposable
{
    /// <summary>Then the next one begins all the same: a reader on a slow line holds up nobody.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);

    /// <summary>Lets pages and lists wait for a turn.</summary>
    public static async Task DrawAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method)
            || (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null && !ErrorHandling.IsApi(context)))
        {
            await next(context);
            return;
        }

        using var turn = await context.RequestServices.GetRequiredService<DrawingTurns>().TakeAsync(context.RequestAborted);
        await next(context);
    }

    /// <summary>Waits for a turn; disposing it lets the next one in.</summary>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        return new Turn(_turns, time);
    }

    public void Dispose() => _turns.Dispose();

    private sealed class Turn : IDisposable
    {
        private readonly ITimer _timer;
        private SemaphoreSlim? _turns;

        public Turn(SemaphoreSlim turns, TimeProvider time)
        {
            _turns = turns;
            _timer = time.CreateTimer(
                static turn => ((Turn)turn!).Leave(), this, Longest, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _timer.Dispose();
            Leave();
        }

        private void Leave() => Interlocked.Exchange(ref _turns, null)?.Release();
    }
}
