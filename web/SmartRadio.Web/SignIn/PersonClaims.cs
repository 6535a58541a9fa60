using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.People;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.SignIn;

/// <summary>Adds the name shown on screens and in the audit log to what the cookie carries.</summary>
internal sealed class PersonClaims(UserManager<Person> people, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Person>(people, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ActorOf.DisplayName, user.DisplayName));
        return identity;
    }
}
