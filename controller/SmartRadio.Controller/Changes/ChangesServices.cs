using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Controller.Changes;

internal static class ChangesServices
{
    public static IServiceCollection AddChanges(this IServiceCollection services) => services
        .AddSingleton<ChangeFeed>()
        .AddSingleton<Events>()
        .AddSingleton<WriteTurns>()
        .AddSingleton<WaitingChanges>()
        .AddSingleton<AuditedChanges>()
        .AddSingleton<RepeatedRequests>()
        .AddSingleton<RightsCheck>()
        .AddSingleton<AuditChain>()
        .AddSingleton<AuditQuery>();
}
