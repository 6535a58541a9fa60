using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Access.Attempts;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.SignIn;

/// <summary>Lets a program in by "Authorization: Bearer sr_…" or "X-Api-Key: sr_…".</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder,
    ApiKeyQuery keys,
    AttemptLedger attempts) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public new const string Scheme = ApiServices.KeyScheme;
    public const string Header = "X-Api-Key";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var authorization = Request.Headers.Authorization.ToString();
        var key = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : Request.Headers[Header].ToString();
        if (key.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (await keys.FindActorAsync(key, Context.RequestAborted) is not { PersonId: { } personId, KeyId: { } keyId } actor)
        {
            attempts.Count(new Attempt(Attempt.ApiKey, string.Empty, CallerAddress.Of(Context)));
            return AuthenticateResult.Fail("The key is unknown or revoked.");
        }

        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, personId), new Claim(ActorOf.DisplayName, actor.Name),
                new Claim(ActorOf.ApiKey, keyId.ToString(CultureInfo.InvariantCulture)),
            ],
            Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"SmartRadio\"";
        return Problems.WriteAsync(Context, StatusCodes.Status401Unauthorized, "KeyNeeded");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, StatusCodes.Status403Forbidden, "NotAllowed");
}
