using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Controller.Delivery;

internal static class DeliveryServices
{
    public static IServiceCollection AddDelivery(this IServiceCollection services) => services
        .AddSingleton<CommandCounter>()
        .AddSingleton<CommandSender>()
        .AddSingleton<DeliveryMeters>()
        .AddSingleton<PlanComposer>()
        .AddSingleton<StreamSender>()
        .AddHosted<PlanSync>()
        .AddHosted<ReceiptBook>()
        .AddHosted<ObjectDistributor>()
        .AddHosted<StreamDirector>()
        .AddHosted<UpReceiver>();

    /// <summary>A background service that others also call.</summary>
    private static IServiceCollection AddHosted<T>(this IServiceCollection services)
        where T : BackgroundService => services
        .AddSingleton<T>()
        .AddHostedService(provider => provider.GetRequiredService<T>());
}
