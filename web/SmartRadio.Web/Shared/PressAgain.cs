using System.Globalization;

namespace SmartRadio.Web.Shared;

/// <summary>
/// On a button's endpoint: the page on which to press it again when the session or the page's token is no longer good.
/// </summary>
/// <param name="Page">Its address; "{id}" stands for the id in the button's own.</param>
internal sealed record PressAgain(string Page)
{
    /// <summary>The page for one press.</summary>
    public string PageOf(HttpContext context) => Page.Replace(
        "{id}", Uri.EscapeDataString(
            Convert.ToString(context.Request.RouteValues["id"], CultureInfo.InvariantCulture) ?? string.Empty),
            StringComparison.Ordinal);

    /// <summary>
    /// Where a lost press goes on: the page the endpoint names, else the one on which the button stood. Null for what is no
    /// button.
    /// </summary>
    public static string? For(HttpContext context)
    {
        var endpoint = context.GetEndpoint()?.Metadata;
        return endpoint?.GetMetadata<PressAgain>()?.PageOf(context)
            ?? (endpoint?.GetMetadata<ButtonMetadata>() is null ? null : LocalPath.Referring(context.Request));
    }
}

/// <summary>Marks the endpoint of a button that needs no fields.</summary>
internal sealed record ButtonMetadata;

/// <summary>Marks the endpoint of such a button that leads to what it made, at each tap.</summary>
internal sealed record LeadsToSubject;
