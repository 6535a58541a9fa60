using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SmartRadio.Mqtt.Broker;

/// <summary>Registration of the broker in a host.</summary>
public static class MqttBrokerServices
{
    /// <summary>Adds the broker as a hosted service. Register an authenticator and an authorizer before; without, everybody may do everything. A registered <see cref="IMqttEnhancedAuthenticator"/> adds methods of several steps, a registered <see cref="IMqttRefusals"/> is told of refusals.</summary>
    public static IServiceCollection AddMqttBroker(this IServiceCollection services, Action<MqttBrokerOptions>? configure = null)
    {
        services.AddOptions<MqttBrokerOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMqttAuthenticator, AllowAll>();
        services.TryAddSingleton<IMqttAuthorizer, AllowAll>();
        services.TryAddSingleton<MqttBroker>();
        services.AddHostedService(provider => provider.GetRequiredService<MqttBroker>());
        return services;
    }
}
