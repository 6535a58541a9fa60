using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Groups;

internal static class GroupServices
{
    public static IServiceCollection AddGroups(this IServiceCollection services) => services
        .AddSingleton<SaveGroup>()
        .AddSingleton<RemoveGroup>()
        .AddSingleton<GroupQuery>()
        .AddSingleton<IAuditedIn, AuditedGroups>();
}
