using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.SignIn;

/// <summary>
/// Tries of somebody who is signed in, or has given the password already: they count for the person, from wherever they come, and
/// apart from those at the door.
/// </summary>
internal static class OwnTry
{
    /// <summary>The password again.</summary>
    public static SignInTry Of(Actor actor) => new("password of " + actor.PersonId, string.Empty, IsKnown: true);

    /// <summary>The second step.</summary>
    public static SignInTry OfCode(string personId) => new("code of " + personId, string.Empty, IsKnown: true);
}
