using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;

namespace SmartRadio.Web.Keys;

internal sealed class KeysRoom : Room
{
    public override IReadOnlyList<Place> Places => [new("/keys", "key", "Nav.Keys")];

    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapKeyForms();
}
