using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Access.Attempts;
using SmartRadio.Controller.Access.SecondFactor;
using SmartRadio.Controller.Access.Sessions;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<IRights, RoleBasedRights>()
        .AddSingleton<RoleLimits>()
        .AddSingleton<GiveRole>()
        .AddSingleton<TakeRole>()
        .AddSingleton<AccessQuery>()
        .AddSingleton<AccountQuery>()
        .AddSingleton<IAuditedIn, AuditedPeople>()
        .AddSingleton<InvitePerson>()
        .AddSingleton<AcceptInvitation>()
        .AddSingleton<ResetPerson>()
        .AddSingleton<DisablePerson>()
        .AddSingleton<EnablePerson>()
        .AddSingleton<FirstAdministrator>()
        .AddSingleton<RecoverAdministrator>()
        .AddSingleton<ProofCheck>()
        .AddSingleton<ChangePassword>()
        .AddSingleton<OwnAccountQuery>()
        .AddSingleton<SetOwnEmail>()
        .AddSingleton<ApprovalsToTell>()
        .AddHosted<KeyUseNotes>()
        .AddSingleton<ApiKeyQuery>()
        .AddSingleton<CreateApiKey>()
        .AddSingleton<RevokeApiKey>()
        .AddSingleton<AttemptLedger>()
        .AddHosted<AttemptWriter>()
        .AddSingleton<SessionStore>()
        .AddSingleton<SessionQuery>()
        .AddSingleton<EndSession>()
        .AddSecondFactor();

    private static IServiceCollection AddSecondFactor(this IServiceCollection services)
    {
        services.AddDataProtection();
        services.Configure<IdentityOptions>(identity =>
            identity.Tokens.ProviderMap[TokenOptions.DefaultAuthenticatorProvider] = new TokenProviderDescriptor(
                typeof(TotpProvider)));
        return services
            .AddScoped<IUserStore<Person>, PersonStore>()
            .AddRoomOptions<SecondFactorOptions>()
            .AddSingleton<SecondFactorStore>()
            .AddSingleton<TotpProvider>()
            .AddSingleton<SetUpSecondFactor>()
            .AddSingleton<RemoveSecondFactor>()
            .AddSingleton<RenewRecoveryCodes>()
            .AddSingleton<UseRecoveryCode>();
    }
}
