using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Access.Sessions;
using SmartRadio.Controller.People;

namespace SmartRadio.Web.SignIn;

/// <summary>A session ends with the person's security stamp, and when the person ends it on another device.</summary>
internal sealed class SessionValidator(
    IOptions<SecurityStampValidatorOptions> options, SignInManager<Person> signIn, ILoggerFactory logs, SessionStore sessions)
    : SecurityStampValidator<Person>(options, signIn, logs)
{
    protected override async Task SecurityStampVerified(Person user, CookieValidatePrincipalContext context)
    {
        if (context.Properties.SessionId() is { } id && !await sessions.SeeAsync(id, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await SignInManager.SignOutAsync();
            return;
        }

        await base.SecurityStampVerified(user, context);
    }
}
