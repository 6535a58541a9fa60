using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Audio;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Objects;

namespace SmartRadio.Controller.Bulletins;

internal static class BulletinServices
{
    public static IServiceCollection AddBulletins(this IServiceCollection services) => services
        .AddRoomOptions<BulletinOptions>()
        .AddAudio()
        .AddSingleton<BulletinFiles>()
        .AddSingleton<SoundPlaces>()
        .AddSingleton<BulletinSound>()
        .AddSingleton<VoiceScript>()
        .AddSingleton<FramePlanner>()
        .AddSingleton<BulletinStore>()
        .AddSingleton<CreateBulletin>()
        .AddSingleton<BulletinRevision>()
        .AddSingleton<TrimBulletin>()
        .AddSingleton<AddVariant>()
        .AddSingleton<HearText>()
        .AddSingleton<IFileOwner, BulletinFileOwner>()
        .AddSingleton<ApproveBulletin>()
        .AddSingleton<ReturnBulletin>()
        .AddSingleton<WithdrawBulletin>()
        .AddSingleton<DeleteBulletin>()
        .AddSingleton<IUseBulletins, PartSources>()
        .AddSingleton<IAuditedIn, AuditedBulletins>()
        .AddSingleton<BulletinQuery>();
}
