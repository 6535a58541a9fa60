using SmartRadio.Controller.Changes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;

namespace SmartRadio.Web.Complaints;

internal sealed class ComplaintsRoom : Room
{
    private const string Icon = "M4 5h16v11H11l-5 4v-4H4zM12 8v4M12 13.5v.5";

    public override IReadOnlyList<Place> Places => [new("/complaints", Icon, "Nav.Complaints", false, Right.See)];

    public override void AddServices(IServiceCollection services) => services.AddSingleton<PublicFormLimits>();

    public override void MapApi(IEndpointRouteBuilder api) => api.MapComplaints();

    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapComplaintForms();
}
