using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Audio;
using SmartRadio.Controller.Objects;

namespace SmartRadio.Controller.Bulletins;

internal static class BulletinServices
{
    public static IServiceCollection AddBulletins(this IServiceCollection services) => services
        .AddAudio()
        .AddSingleton<BulletinFiles>()
        .AddSingleton<ObjectStorage>()
        .AddSingleton<CreateBulletin>()
        .AddSingleton<ApproveBulletin>()
        .AddSingleton<BulletinQuery>()
        .AddSingleton<OrphanFiles>()
        .AddHostedService(provider => provider.GetRequiredService<OrphanFiles>());
}
