using Microsoft.AspNetCore.StaticAssets;

namespace SmartRadio.Web.Shared;

/// <summary>Styles, scripts and pictures of the program itself: they tell of nobody and are no use of a session.</summary>
internal static class StaticAsset
{
    /// <summary>Whether the request asks for one. Known once the request is routed.</summary>
    public static bool IsAsked(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    /// <summary>Marks a file of the program that tells of nobody either: the browser may keep it so long.</summary>
    public sealed record Kept(TimeSpan Time);
}
