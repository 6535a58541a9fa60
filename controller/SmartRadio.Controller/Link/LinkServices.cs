using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Controller.Link;

internal static class LinkServices
{
    /// <summary>Hosted services start in this order: what they need first, then the broker, then who talks over it.</summary>
    public static IServiceCollection AddLink(this IServiceCollection services, bool isBrokerEmbedded)
    {
        services.AddRoomOptions<MqttOptions>(MqttOptions.Section);
        services.AddHostedService<LinkStart>();
        services.AddSingleton<BrokerAccount>();
        if (isBrokerEmbedded)
        {
            services.AddSingleton<BrokerPermissions>();
            services.AddSingleton<IBrokerAccess>(provider => provider.GetRequiredService<BrokerPermissions>());
            services.AddHosted<BrokerRejections>();
            services.AddOptions<EmbeddedBrokerOptions>().Configure<IOptions<MqttOptions>, IOptions<LimitOptions>>(
                (broker, mqtt, most) =>
            {
                broker.Address = IPAddress.Parse(mqtt.Value.Listen);
                broker.Port = mqtt.Value.Port;
                broker.TlsPort = mqtt.Value.TlsPort;
                broker.MaxAddressConnections = most.Value.AddressConnections;
                broker.MaxAddressStrangers = most.Value.AddressStrangers;
                broker.FreeNetworks = [.. broker.FreeNetworks, .. NetworksAttribute.Read(mqtt.Value.FreeNetworks)];
            });
            services.AddHosted<EmbeddedBroker>();
        }

        services.AddHosted<MqttMessageBus>();
        services.AddSingleton<IMessageBus>(provider => provider.GetRequiredService<MqttMessageBus>());
        services.AddSingleton<CommandCounter>();
        services.AddSingleton<CommandSender>();
        services.AddSingleton<BrokerAddress>();
        services.AddSingleton<NodeSecrets>().AddReaction<NodeKeysChanged, NodeSecrets>();
        services.AddSingleton<KeyRotation>().AddReaction<NodeKeysChanged, KeyRotation>();
        services.AddSingleton<RevokedConnections>().AddReaction<NodeKeysChanged, RevokedConnections>();
        services.AddSingleton<DataLedger>().AddReaction<DataBudgetSet, DataLedger>();
        services.AddSingleton<ILoadAtStart>(provider => provider.GetRequiredService<DataLedger>());
        services.AddSingleton<RejectedLedger>();
        services.AddSingleton<ILoadAtStart>(provider => provider.GetRequiredService<RejectedLedger>());
        services.AddSingleton<NodeRejections>();
        services.AddSingleton<IUpHandler, ClockHandler>();
        return services;
    }
}
