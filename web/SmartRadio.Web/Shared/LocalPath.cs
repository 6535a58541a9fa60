namespace SmartRadio.Web.Shared;

/// <summary>Where to go back to after a form, when what asks for it may be hostile.</summary>
internal static class LocalPath
{
    /// <summary>The path when it lies on this site, else the first page.</summary>
    public static string OrHome(string? path) =>
        path is ['/', .. var rest] && rest is not ['/' or '\\', ..] && !path.Any(char.IsControl) ? Ascii(path) : "/";

    /// <summary>The page of ours on which the form stood, else the first page.</summary>
    public static string Referring(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var page) && page.Authority == request.Host.Value
            ? OrHome(page.PathAndQuery)
            : "/";

    // A header holds ASCII only (RFC 9110, 5.5).
    private static string Ascii(string path) =>
        string.Concat(
            path.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}
