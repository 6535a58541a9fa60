namespace SmartRadio.Web.Shared.Layout;

/// <summary>
/// A live part above every page, empty while there is nothing to say. It rides along with a page's stream and opens none of its
/// own.
/// </summary>
/// <param name="Address">Of an island.</param>
internal sealed record PageBanner(string Address);
