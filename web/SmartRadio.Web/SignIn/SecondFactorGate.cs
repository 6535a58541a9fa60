namespace SmartRadio.Web.SignIn;

/// <summary>Where a second factor is asked of everybody, whoever has none sets it up first.</summary>
internal static class SecondFactorGate
{
    /// <summary>Where it is set up.</summary>
    public const string Page = "/account/second-factor";

    /// <summary>In the cookie of whoever is to set it up; see <see cref="PersonClaims"/>.</summary>
    public const string Claim = "smartradio:second-factor-lacking";

    /// <summary>Whether the person is to set up a second factor first.</summary>
    public static bool IsShut(HttpContext context) => context.User.HasClaim(static claim => claim.Type == Claim);
}
