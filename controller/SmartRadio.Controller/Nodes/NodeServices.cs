using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Nodes.Enrolment;

namespace SmartRadio.Controller.Nodes;

internal static class NodeServices
{
    public static IServiceCollection AddNodes(this IServiceCollection services) => services
        .AddSingleton<NodeSecrets>()
        .AddSingleton<NodeStatusCache>()
        .AddSingleton<RejectedLedger>()
        .AddSingleton<NodeRejections>()
        .AddSingleton<DataLedger>()
        .AddSingleton<NodeQuery>()
        .AddSingleton<EnrolNode>()
        .AddSingleton<MakeEnrolmentCode>()
        .AddSingleton<RedeemEnrolmentCode>()
        .AddSingleton<KeyRotation>()
        .AddSingleton<RotateSecret>()
        .AddSingleton<RevokeNode>()
        .AddSingleton<SetVolume>()
        .AddSingleton<SetDataUse>()
        .AddSingleton<SendChime>()
        .AddSingleton<NodeStatusWriter>()
        .AddHostedService(provider => provider.GetRequiredService<NodeStatusWriter>());
}
