using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Access.Sessions;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.SignIn;

/// <summary>Asks the database whether the session of an open stream goes on.</summary>
internal sealed class WatcherSession(
    SessionStore sessions, IOptions<IdentityOptions> identity, TimeProvider time) : IWatcherSession
{
    /// <summary>Where the database does not say, it is asked again.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    public async Task<DateTimeOffset?> LastsUntilAsync(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (await context.SessionIdAsync() is { } id)
            {
                return await sessions.LastsUntilAsync(id, cancellationToken);
            }

            var person = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? string.Empty;
            var stamp = context.User.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
            return await sessions.IsCurrentAsync(person, stamp, cancellationToken) ? time.GetUtcNow() + Later : null;
        }
        catch (Exception error) when (StorageBusy.Is(error))
        {
            return time.GetUtcNow() + Later;
        }
    }
}
