using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.SignIn;

/// <summary>
/// Tries of somebody who is signed in, or has given the password already: they count for the person, from wherever they come, and
/// apart from those at the door.
/// </summary>
internal static class OwnTry
{
    /// <summary>The password again, with the code where there is one.</summary>
    public static SignInTry Of(Actor actor) => new("password of " + actor.PersonId, string.Empty, IsKnown: true);

    /// <summary>
    /// The second step. A browser in which the person took it before is counted by itself: else whoever has the password could
    /// keep the owner out.
    /// </summary>
    /// <param name="personId">Whose.</param>
    /// <param name="device">Such a browser, or null.</param>
    public static SignInTry OfCode(string personId, string? device) =>
        new(CodeOf(personId), device ?? string.Empty, IsKnown: true);

    /// <summary>What a browser remembers of a second step that was taken in it.</summary>
    public static string CodeOf(string personId) => "code of " + personId;
}
