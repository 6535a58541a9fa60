using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using SmartRadio.Controller.Access.Sessions;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Web.SignIn;

/// <summary>
/// Sessions of people who were changed a moment ago are compared with the database at once, so that a disabled person is out with
/// the next page. All others are compared once a minute, so that a busy database keeps nobody from stopping a broadcast.
/// </summary>
internal sealed class ChangedPeople(TimeProvider time) : IReactTo<PersonChanged>
{
    /// <summary>How long a session goes on without being compared.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public Task ReactAsync(PersonChanged happened, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var over in _until.Where(each => each.Value < now))
        {
            _until.TryRemove(over);
        }

        _until[happened.PersonId] = now + (2 * Interval);
        return Task.CompletedTask;
    }

    public static Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        RecentProof.Read(context);
        var changed = context.HttpContext.RequestServices.GetRequiredService<ChangedPeople>();
        if (context.Properties.SessionId() is null && changed.IsIdle(context.Properties.IssuedUtc))
        {
            // It is not listed, so the cookie itself tells when it was used last.
            context.RejectPrincipal();
            return Task.CompletedTask;
        }

        if (context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } person && changed.Recently(person))
        {
            // Without the instant of its issue the session counts as old.
            context.Properties.IssuedUtc = null;
        }

        return SecurityStampValidator.ValidatePrincipalAsync(context);
    }

    private bool IsIdle(DateTimeOffset? used) => used is { } at && time.GetUtcNow() - at >= SessionStore.Idle;

    private bool Recently(string person) => _until.TryGetValue(person, out var until) && time.GetUtcNow() < until;
}
