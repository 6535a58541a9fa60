using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Objects;

namespace SmartRadio.Controller.Releases;

internal static class ReleaseServices
{
    public static IServiceCollection AddReleases(this IServiceCollection services) => services
        .AddRoomOptions<ReleaseOptions>()
        .AddSingleton<IFileOwner, ReleaseFileOwner>()
        .AddSingleton<AddRelease>()
        .AddSingleton<StartRollout>()
        .AddSingleton<ChangeRollout>()
        .AddSingleton<ReleaseQuery>()
        .AddSingleton<RolloutRunner>()
        .AddHostedService(provider => provider.GetRequiredService<RolloutRunner>());
}
