using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.Nodes;

internal sealed class NodesRoom : Room
{
    public override IReadOnlyList<Place> Places => [new("/nodes", "horn", "Nav.Nodes", Always: true)];

    public override IReadOnlyList<IslandKind> Islands =>
    [
        new(
            "nodes",
            typeof(NodeTable),
            query => new()
            {
                [nameof(NodeTable.Area)] = query.Number("area"),
                [nameof(NodeTable.State)] = query.Text("state"),
                [nameof(NodeTable.Name)] = query.Text("q") is { Length: <= NodeTable.LongestName } name ? name : null,
                [nameof(NodeTable.After)] = query.Text("after"),
            },
            "node", "area"),
        new("node", typeof(NodeReport), query => new() { [nameof(NodeReport.Id)] = query.Text("id") ?? string.Empty }, "node"),
    ];

    public override void AddServices(IServiceCollection services) =>
        services.AddSingleton<EnrolmentText>().AddSingleton<EnrolmentLimits>();

    public override void MapApi(IEndpointRouteBuilder api)
    {
        api.MapNodes();
        api.MapEnrolments();
    }

    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapNodeForms();
}
