using SmartRadio.Controller.Changes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;

namespace SmartRadio.Web.Groups;

internal sealed class GroupsRoom : Room
{
    private const string Icon = "M4 5h6v6H4zM14 5h6v6h-6zM4 15h6v6H4zM14 15h6v6h-6z";

    public override IReadOnlyList<Place> Places => [new("/groups", Icon, "Nav.Groups", false, Right.Write)];

    public override void MapApi(IEndpointRouteBuilder api) => api.MapGroups();

    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapGroupForms();
}
