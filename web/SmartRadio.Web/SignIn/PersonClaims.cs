using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Access.SecondFactor;
using SmartRadio.Controller.People;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.SignIn;

/// <summary>
/// Adds to what the cookie carries the name shown on screens and in the audit log, and whether a second factor is lacking.
/// </summary>
internal sealed class PersonClaims(
    UserManager<Person> people, IOptions<IdentityOptions> options, IOptions<SecondFactorOptions> secondFactor)
    : UserClaimsPrincipalFactory<Person>(people, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ActorOf.DisplayName, user.DisplayName));
        if (secondFactor.Value.SecondFactorForAll && !user.TwoFactorEnabled)
        {
            identity.AddClaim(new Claim(SecondFactorGate.Claim, "true"));
        }

        return identity;
    }
}
