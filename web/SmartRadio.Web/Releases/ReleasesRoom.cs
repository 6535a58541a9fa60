using SmartRadio.Controller.Changes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.Releases;

internal sealed class ReleasesRoom : Room
{
    public override IReadOnlyList<Place> Places =>
        [new("/releases", "release", "Nav.Releases", Needs: Right.Administer) { Everywhere = true }];

    public override IReadOnlyList<IslandKind> Islands =>
    [
        new("rollouts", typeof(RolloutTable), _ => [], "release"),
    ];

    public override void MapApi(IEndpointRouteBuilder api) => api.MapReleases();

    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapReleaseForms();
}
