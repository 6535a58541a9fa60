using SmartRadio.Controller.Changes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;

namespace SmartRadio.Web.Templates;

internal sealed class TemplatesRoom : Room
{
    private const string Icon = "M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h4";

    public override IReadOnlyList<Place> Places => [new("/templates", Icon, "Nav.Templates", false, Right.Write)];

    public override void MapApi(IEndpointRouteBuilder api) => api.MapTemplates();

    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapTemplateForms();
}
