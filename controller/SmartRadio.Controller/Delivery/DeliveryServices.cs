using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Delivery.Objects;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Delivery.Streams;
using SmartRadio.Controller.Link;
using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Controller.Delivery;

internal static class DeliveryServices
{
    /// <summary>Hosted services start in this order: what they need first, then the broker, then who talks over it.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, MqttOptions mqtt)
    {
        services.AddHostedService<LinkStart>();
        services.AddSingleton<BrokerAccount>();
        if (mqtt.Host is null)
        {
            services.AddSingleton<BrokerPermissions>();
            services.AddSingleton<IBrokerAccess>(provider => provider.GetRequiredService<BrokerPermissions>());
            services.AddHosted<BrokerRejections>();
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
        services.AddSingleton<BrokerAddress>();
        services.AddSingleton<NightHours>();
        services.AddSingleton<ObjectHearers>();
        services.AddSingleton<PlanComposer>();
        services.AddSingleton<CounterRecovery>();
        services.AddSingleton<StreamSender>();
        services.AddHosted<PlanSync>();
        services.AddHosted<NightDelivery>();
        services.AddHosted<ReceiptStore>();
        services.AddHosted<ObjectDistributor>();
        services.AddHosted<StreamScheduler>();
        services.AddHosted<UplinkRouter>();
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
