using SmartRadio.Web.Shared.Repeats;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.Shared;

/// <summary>
/// How many requests are at once on their way from the line to their work: sign-in, rights, query. Thousands of tabs that ask
/// again at one instant would all be at it together, and the messages of a stop to the loudspeakers would stand behind all of
/// them for the processors. Those who act do not stand behind those who look, and a stop stands behind nobody.
/// </summary>
internal sealed class Arrivals(TimeProvider time) : IDisposable
{
    /// <summary>At once in each line: the way is work for processors, so more at once would arrive no sooner.</summary>
    public static readonly int AtOnce = Environment.ProcessorCount;

    private readonly WorkLine _looking = new(AtOnce, time);
    private readonly WorkLine _acting = new(AtOnce, time);

    /// <summary>Once it is known what is asked for: waits for the way in.</summary>
    public static async Task EnterAsync(HttpContext context, RequestDelegate next)
    {
        if (AlwaysCarriedOut.Is(context))
        {
            await next(context);
            return;
        }

        var arrivals = context.RequestServices.GetRequiredService<Arrivals>();
        var looks = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        using var turn = await (looks ? arrivals._looking : arrivals._acting).TakeAsync(context.RequestAborted);
        context.Features.Set(new Turn(turn));
        await next(context);
    }

    /// <summary>The way is over, and the work begins, however long that takes.</summary>
    public static Task LeaveAsync(HttpContext context, RequestDelegate next)
    {
        context.Features.Get<Turn>()?.Taken.Dispose();
        return next(context);
    }

    public void Dispose()
    {
        _looking.Dispose();
        _acting.Dispose();
    }

    private sealed record Turn(IDisposable Taken);
}
