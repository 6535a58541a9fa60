using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SmartRadio.Controller.Delivery;

internal static class DeliveryServices
{
    public static IServiceCollection AddDelivery(this IServiceCollection services) => services
        .AddHostedService<DeliveryStart>()
        .AddSingleton<BrokerAccount>()
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

    /// <summary>A hosted service that others also call.</summary>
    private static IServiceCollection AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService => services
        .AddSingleton<T>()
        .AddHostedService(provider => provider.GetRequiredService<T>());
}
