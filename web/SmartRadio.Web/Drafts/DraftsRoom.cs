using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Drafts;

internal sealed class DraftsRoom : Room
{
    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapDraftForms();
}
