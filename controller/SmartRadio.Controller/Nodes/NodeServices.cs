using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Keys;

namespace SmartRadio.Controller.Nodes;

internal static class NodeServices
{
    public static IServiceCollection AddNodes(this IServiceCollection services) => services
        .AddRoomOptions<NodeOptions>()
        .AddSingleton<NodeStatusCache>()
        .AddSingleton<INodePresence>(provider => provider.GetRequiredService<NodeStatusCache>())
        .AddSingleton<ILoadAtStart>(provider => provider.GetRequiredService<NodeStatusCache>())
        .AddReaction<NodeKeysChanged, NodeStatusCache>()
        .AddSingleton<PlanNumbers>()
        .AddPart<AreaRulesSet, PlanNumbers>()
        .AddSingleton<IUpHandler, HelloHandler>()
        .AddSingleton<IUpHandler, HeartbeatHandler>()
        .AddSingleton<IUpHandler, HealthHandler>()
        .AddSingleton<NodeQuery>()
        .AddSingleton<IAuditedIn, AuditedNodes>()
        .AddSingleton<RotateSecret>()
        .AddSingleton<RevokeNode>()
        .AddSingleton<SetVolume>()
        .AddSingleton<SetDataUse>()
        .AddSingleton<SendChime>()
        .AddHosted<NodeStatusWriter>();
}
