using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Controller.Broadcasts;

internal static class BroadcastServices
{
    public static IServiceCollection AddBroadcasts(this IServiceCollection services) => services
        .AddSingleton<BroadcastRules>()
        .AddSingleton<BroadcastMaker>()
        .AddSingleton<AirBulletin>()
        .AddSingleton<StopBroadcast>()
        .AddSingleton<StopEverything>()
        .AddSingleton<BroadcastQuery>()
        .AddSingleton<BroadcastCloser>()
        .AddHostedService(provider => provider.GetRequiredService<BroadcastCloser>());
}
