using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Controller.Delivery;

internal static class DeliveryServices
{
    /// <summary>Hosted services start in this order: what they need first, then the broker, then who talks over it.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, MqttOptions mqtt)
    {
        services.AddHostedService<DeliveryStart>();
        services.AddSingleton<BrokerAccount>();
        if (mqtt.Host is null)
        {
            services.AddSingleton<NodeAccess>();
            services.AddSingleton<IBrokerAccess>(provider => provider.GetRequiredService<NodeAccess>());
            services.AddHosted<BrokerRefusals>();
            services.Configure<EmbeddedBrokerOptions>(broker =>
            {
                broker.Address = IPAddress.Parse(mqtt.Listen);
                broker.Port = mqtt.Port;
                broker.TlsPort = mqtt.TlsPort;
            });
            services.AddHosted<EmbeddedBroker>();
        }

        services.AddHosted<MqttMessageBus>();
        services.AddSingleton<IMessageBus>(provider => provider.GetRequiredService<MqttMessageBus>());
        services.AddSingleton<CommandCounter>();
        services.AddSingleton<CommandSender>();
        services.AddSingleton<DeliveryMeters>();
        services.AddSingleton<NodeDoor>();
        services.AddSingleton<NightHours>();
        services.AddSingleton<ObjectHearers>();
        services.AddSingleton<PlanComposer>();
        services.AddSingleton<Resumption>();
        services.AddSingleton<StreamSender>();
        services.AddHosted<PlanSync>();
        services.AddHosted<NightDelivery>();
        services.AddHosted<ReceiptBook>();
        services.AddHosted<ObjectDistributor>();
        services.AddHosted<StreamDirector>();
        services.AddHosted<UpReceiver>();
        return services;
    }

    /// <summary>A hosted service that others also call.</summary>
    private static void AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
