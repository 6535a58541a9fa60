using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.Areas;

internal sealed class AreasRoom : Room
{
    private const string Banner = "exercise";

    public override IReadOnlyList<Place> Places => [new("/areas", "area", "Nav.Areas")];

    public override IReadOnlyList<IslandKind> Islands => [new(Banner, typeof(ExerciseBanner), _ => [], "area")];

    public override IReadOnlyList<PageBanner> Banners => [new(Banner)];

    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapAreaForms();

    public override void MapApi(IEndpointRouteBuilder api) => api.MapAreas();
}
