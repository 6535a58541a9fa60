using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Groups;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Broadcasts;

internal static class BroadcastServices
{
    public static IServiceCollection AddBroadcasts(this IServiceCollection services) => services
        .AddRoomOptions<BroadcastOptions>()
        .AddSingleton<BroadcastRules>()
        .AddSingleton<AudienceCheck>()
        .AddSingleton<BroadcastMaker>()
        .AddPart<NodeEnrolled, BroadcastMaker>()
        .AddSingleton<GroupBroadcasts>()
        .AddPart<GroupMembersSet, GroupBroadcasts>()
        .AddSingleton<IUseGroups, GroupBroadcasts>()
        .AddSingleton<BroadcastWithdrawal>()
        .AddPart<BulletinWithdrawn, BroadcastWithdrawal>()
        .AddPart<ExerciseEnded, BroadcastWithdrawal>()
        .AddSingleton<IUseBulletins, BroadcastSources>()
        .AddSingleton<NodeSilence>()
        .AddSingleton<StopJournal>()
        .AddHosted<StopRecorder>()
        .AddSingleton<HeardBulletin>()
        .AddSingleton<AirBulletin>()
        .AddSingleton<MoveBroadcast>()
        .AddSingleton<StopBroadcast>()
        .AddSingleton<StopEverything>()
        .AddHosted<UnrecordedStops>()
        .AddSingleton<BroadcastQuery>()
        .AddSingleton<ProofQuery>()
        .AddHosted<BroadcastRecordings>()
        .AddSingleton<IAuditedIn, AuditedBroadcasts>()
        .AddSingleton<CounterRecovery>()
        .AddSingleton<IUpHandler>(provider => provider.GetRequiredService<CounterRecovery>())
        .AddHosted<ReceiptStore>()
        .AddSingleton<IUpHandler>(provider => provider.GetRequiredService<ReceiptStore>())
        .AddHosted<ExercisePlayer>()
        .AddHosted<BroadcastCloser>();
}
