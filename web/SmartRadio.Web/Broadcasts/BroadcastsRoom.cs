using SmartRadio.Controller.Changes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.Broadcasts;

internal sealed class BroadcastsRoom : Room
{
    public override IReadOnlyList<Place> Places =>
        [new("/air", "air", "Nav.Air", Needs: [Right.Approve, Right.Alert]), new("/broadcasts", "proof", "Nav.Broadcasts")];

    public override IReadOnlyList<IslandKind> Islands =>
    [
        new("on-air", typeof(OnAir), _ => [], "broadcast", "node"),
        new("stop-areas", typeof(StopAreas), query =>
            new() { [nameof(StopAreas.Area)] = query.Number("area") }, "broadcast", "area"),
        new("broadcasts", typeof(BroadcastTable), _ => [], "broadcast"),
        new("broadcast", typeof(BroadcastProof), query =>
            new() { [nameof(BroadcastProof.Id)] = query.Number("id") ?? 0 }, "broadcast"),
    ];

    public override void AddServices(IServiceCollection services) => services.AddScoped<Ownership>();

    public override void MapApi(IEndpointRouteBuilder api) => api.MapBroadcasts();

    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapBroadcastForms();

    public override void MapFiles(IEndpointRouteBuilder app)
    {
        app.MapBroadcastCsv();
        app.MapRecordings();
    }
}
