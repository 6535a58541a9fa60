using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Controller.Objects;

internal static class ObjectServices
{
    public static IServiceCollection AddObjects(this IServiceCollection services) => services
        .AddSingleton<ObjectStorage>()
        .AddSingleton<OrphanFiles>()
        .AddHostedService(provider => provider.GetRequiredService<OrphanFiles>());
}
