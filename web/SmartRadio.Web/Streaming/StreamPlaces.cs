using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using SmartRadio.Controller;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Streaming;

/// <summary>Counts event streams, of one session and in all. A stream holds its place until its request ends.</summary>
internal sealed class StreamPlaces(IOptions<LimitOptions> limits)
{
    /// <summary>Where the cookie keeps the session's id, see SignIn/SessionCookie.cs.</summary>
    private const string SessionItem = "session";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>Answers with the stream, or with 429 and a sentence when there are too many.</summary>
    public IResult Open(HttpContext context, Func<IResult> stream)
    {
        if (Take(SessionOf(context)) is { } place)
        {
            context.Response.RegisterForDispose(place);
            return stream();
        }

        // Nobody looks at a page here, and drawing one for each that is refused would be what the limit is to prevent.
        var sentences = context.RequestServices.GetRequiredService<IStringLocalizer<RefusalText>>();
        return TypedResults.Text(
            sentences["StreamsTaken"], "text/plain; charset=utf-8", statusCode: StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Takes a place; null when there is none.</summary>
    internal IDisposable? Take(string session)
    {
        lock (_lock)
        {
            var own = _taken.GetValueOrDefault(session);
            if (own >= limits.Value.SessionStreams || _all >= limits.Value.Streams)
            {
                return null;
            }

            _taken[session] = own + 1;
            _all++;
            return new Place(this, session);
        }
    }

    /// <summary>A session that could not be noted shares its places with others of the person.</summary>
    private static string SessionOf(HttpContext context) =>
        context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.Items
            .TryGetValue(SessionItem, out var id) == true && id is not null
            ? id
            : context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? string.Empty;

    private void Leave(string session)
    {
        lock (_lock)
        {
            _all--;
            if (--_taken[session] == 0)
            {
                _taken.Remove(session);
            }
        }
    }

    private sealed class Place(StreamPlaces all, string session) : IDisposable
    {
        private StreamPlaces? _all = all;

        public void Dispose() => Interlocked.Exchange(ref _all, null)?.Leave(session);
    }
}
