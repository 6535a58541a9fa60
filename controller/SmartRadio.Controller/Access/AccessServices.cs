using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<IRights, RoleBasedRights>()
        .AddSingleton<GiveRole>()
        .AddSingleton<TakeRole>()
        .AddSingleton<AccessQuery>()
        .AddSingleton<AccountQuery>()
        .AddSingleton<InvitePerson>()
        .AddSingleton<AcceptInvitation>()
        .AddSingleton<ResetPerson>()
        .AddSingleton<DisablePerson>()
        .AddSingleton<EnablePerson>()
        .AddSingleton<FirstPersonRoles>()
        .AddPart<FirstPersonAdded, FirstPersonRoles>();
}
