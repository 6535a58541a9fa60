using SmartRadio.Controller;
using SmartRadio.Controller.People;
using SmartRadio.Web.SignIn;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Accounts;

/// <summary>Whoever finds a page left open may guess the password no faster than at the door.</summary>
internal sealed class GuardedPassword(IHttpContextAccessor requests, SignInThrottle throttle, RefusalText sentences)
{
    private HttpContext Context => requests.HttpContext!;

    private string Name => Context.User.Identity!.Name!;

    /// <summary>Why the password is not asked for now, or null.</summary>
    public string? Pause() => throttle.Wait(Name, Context.Connection.RemoteIpAddress) is { } wait && wait > TimeSpan.Zero
        ? sentences.Of(new RefusedException(PersonRefusal.LockedOut, (int)Math.Ceiling(wait.TotalSeconds)))
        : null;

    /// <summary>Counts what came of it.</summary>
    public void Note(bool wasRight)
    {
        if (wasRight)
        {
            throttle.Succeeded(Name, Context.Connection.RemoteIpAddress);
        }
        else
        {
            throttle.Failed(Name, Context.Connection.RemoteIpAddress);
        }
    }
}
