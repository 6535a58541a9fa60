using SmartRadio.Controller.Access.Accounts;

namespace SmartRadio.Web.SignIn;

/// <summary>Whoever signed in with a password that the console printed chooses another first.</summary>
internal static class PrintedPasswordGate
{
    /// <summary>Where the password is changed.</summary>
    public const string Page = "/password";

    /// <summary>Whether the person is to choose another password first.</summary>
    public static bool IsShut(HttpContext context) => context.User.HasClaim(claim => claim.Type == PrintedPassword.Claim);
}
