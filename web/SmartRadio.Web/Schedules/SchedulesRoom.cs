using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;

namespace SmartRadio.Web.Schedules;

internal sealed class SchedulesRoom : Room
{
    public override IReadOnlyList<Place> Places =>
        [new("/schedules", "schedule", "Nav.Schedules", Always: true), new("/calendar", "calendar", "Nav.Calendar")];

    public override IReadOnlyList<BulletinCard> BulletinCards => [new(typeof(WaitingAirings))];

    public override void MapApi(IEndpointRouteBuilder api) => api.MapSchedules();

    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapScheduleForms();
}
