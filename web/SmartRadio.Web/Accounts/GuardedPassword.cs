using SmartRadio.Controller;
using SmartRadio.Controller.People;
using SmartRadio.Web.Shared;
using SmartRadio.Web.SignIn;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Accounts;

/// <summary>Whoever finds a page left open may guess the password no faster than at the door.</summary>
internal sealed class GuardedPassword(IHttpContextAccessor requests, SignInThrottle throttle, RefusalText sentences)
{
    private SignInTry Attempt => OwnTry.Of(requests.HttpContext!.User.Actor());

    /// <summary>Counts a try; why the password is not looked at now, or null.</summary>
    public string? Take() => throttle.Take(Attempt) is var wait && wait > TimeSpan.Zero
        ? sentences.Of(new RefusedException(PersonRefusal.LockedOut, (int)Math.Ceiling(wait.TotalSeconds)))
        : null;

    /// <summary>The password was right.</summary>
    public void Succeeded() => throttle.Succeeded(Attempt);
}
