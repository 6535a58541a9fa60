using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;

namespace SmartRadio.Web.Home;

internal sealed class HomeRoom : Room
{
    public override IReadOnlyList<Place> Places => [new("/", "home", "Nav.Home", Always: true)];
}
