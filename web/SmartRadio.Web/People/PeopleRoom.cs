using SmartRadio.Controller.Changes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;

namespace SmartRadio.Web.People;

internal sealed class PeopleRoom : Room
{
    public override IReadOnlyList<Place> Places => [new("/people", "people", "Nav.People", Needs: Right.Administer)];

    public override void MapApi(IEndpointRouteBuilder api) => api.MapPeople();

    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapPersonForms();
}
