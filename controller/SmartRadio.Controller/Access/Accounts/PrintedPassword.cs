using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>
/// A password that the console printed is for one sign-in: whoever reads the console, or its log, knows it. Its person chooses
/// another before anything else.
/// </summary>
public static class PrintedPassword
{
    /// <summary>The person's claim while the password in use is a printed one.</summary>
    public const string Claim = "password-printed";

    internal static void Mark(RadioDb db, string personId) =>
        db.UserClaims.Add(new IdentityUserClaim<string> { UserId = personId, ClaimType = Claim, ClaimValue = "true" });

    internal static Task<bool> IsInUseAsync(RadioDb db, string personId, CancellationToken cancellationToken) =>
        db.UserClaims.AnyAsync(claim => claim.UserId == personId && claim.ClaimType == Claim, cancellationToken);

    internal static Task ForgetAsync(RadioDb db, string personId, CancellationToken cancellationToken) =>
        db.UserClaims.Where(claim => claim.UserId == personId && claim.ClaimType == Claim).ExecuteDeleteAsync(cancellationToken);
}
