using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Access.Sessions;
using SmartRadio.Controller.People;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.SignIn;

/// <summary>
/// A session ends with the person's security stamp, when the person ends it on another device, and when its time is over. What a
/// page asks by itself is no use of it and does not renew the cookie, neither live parts nor styles.
/// </summary>
internal sealed class SessionValidator(
    IOptions<SecurityStampValidatorOptions> options, SignInManager<Person> signIn, ILoggerFactory logs, SessionStore sessions)
    : SecurityStampValidator<Person>(options, signIn, logs)
{
    protected override async Task SecurityStampVerified(Person user, CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var isUse = !http.Request.Path.StartsWithSegments(LiveServices.Path, StringComparison.OrdinalIgnoreCase)
            && !StaticAsset.IsAsked(http);
        if (context.Properties.SessionId() is { } id)
        {
            if (!await sessions.SeeAsync(id, isUse, http.RequestAborted))
            {
                context.RejectPrincipal();
                await SignInManager.SignOutAsync();
                return;
            }
        }
        else if (isUse)
        {
            await SessionCookie.NoteAsync(http, context.Principal!, context.Properties);
        }

        if (isUse)
        {
            await base.SecurityStampVerified(user, context);
        }
    }
}
