using SmartRadio.Web.Shared;

namespace SmartRadio.Web.SignIn;

/// <summary>The cookies that let somebody in, or say what only this program may say.</summary>
internal static class CookieNames
{
    public const string Session = "sr-session";

    /// <summary>Who gave the right password, until the second step.</summary>
    public const string FirstStep = "sr-first-step";

    /// <summary>Against forms of other sites.</summary>
    public const string Form = "sr-form";

    /// <summary>A browser in which somebody signed in before.</summary>
    public const string Device = "sr-device";

    public const string Flash = FlashMessage.Cookie;
}
