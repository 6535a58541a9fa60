using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;

namespace SmartRadio.Web.Areas;

internal sealed class AreasRoom : Room
{
    public override IReadOnlyList<Place> Places => [new("/areas", "area", "Nav.Areas")];

    public override void MapApi(IEndpointRouteBuilder api) => api.MapAreas();
}
