using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.Home;

internal sealed class HomeRoom : Room
{
    public override IReadOnlyList<Place> Places => [new("/", "home", "Nav.Home", Always: true)];

    public override IReadOnlyList<IslandKind> Islands =>
        [new("today", typeof(Today), _ => [], "broadcast", "node", "bulletin", "area", "complaint")];

    public override void MapFiles(IEndpointRouteBuilder app) => app.MapGet(
        "/help/{name}.png",
        (string name) => Guide.Picture(name) is { } picture ? Results.Stream(picture, "image/png") : Results.NotFound())
        .ExcludeFromDescription().WithMetadata(new StaticAsset.Kept(TimeSpan.FromDays(1)));
}
