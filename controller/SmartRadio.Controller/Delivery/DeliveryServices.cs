using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Delivery.Objects;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Delivery.Streams;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Delivery;

internal static class DeliveryServices
{
    public static IServiceCollection AddDelivery(this IServiceCollection services) => services
        .AddRoomOptions<DeliveryOptions>()
        .AddSingleton<DeliveryMeters>()
        .AddSingleton<NightHours>()
        .AddSingleton<PlanComposer>()
        .AddHosted<PlanSync>()
        .AddReaction<PlansChanged, PlanSync>()
        .AddReaction<PlanReported, PlanSync>()
        .AddReaction<NodeKeysChanged, PlanSync>()
        .AddHosted<NightDelivery>()
        .AddSingleton<ObjectHearers>()
        .AddHosted<ObjectDistributor>()
        .AddSingleton<IUpHandler>(provider => provider.GetRequiredService<ObjectDistributor>())
        .AddSingleton<StreamSender>()
        .AddHosted<StreamScheduler>()
        .AddReaction<BroadcastAired, StreamScheduler>()
        .AddReaction<SilenceWanted, StreamScheduler>()
        // Last: from now on nodes are heard.
        .AddHosted<UplinkRouter>();
}
