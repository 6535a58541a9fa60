using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Audio;

namespace SmartRadio.Controller.Bulletins;

internal static class BulletinServices
{
    public static IServiceCollection AddBulletins(this IServiceCollection services) => services
        .AddAudio()
        .AddSingleton<BulletinFiles>()
        .AddSingleton<ObjectFiles>()
        .AddSingleton<CreateBulletin>()
        .AddSingleton<ApproveBulletin>()
        .AddSingleton<BulletinList>()
        .AddSingleton<OrphanFiles>()
        .AddHostedService(provider => provider.GetRequiredService<OrphanFiles>());
}
