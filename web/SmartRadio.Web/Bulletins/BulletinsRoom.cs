using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;

namespace SmartRadio.Web.Bulletins;

internal sealed class BulletinsRoom : Room
{
    public override IReadOnlyList<Place> Places => [new("/bulletins", "bulletin", "Nav.Bulletins", Always: true)];

    public override void MapApi(IEndpointRouteBuilder api) => api.MapBulletins();

    public override void MapFiles(IEndpointRouteBuilder app) => app.MapSounds();
}
