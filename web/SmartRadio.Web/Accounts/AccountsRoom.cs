using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Accounts;

internal sealed class AccountsRoom : Room
{
    public override void AddServices(IServiceCollection services) => services.AddScoped<GuardedPassword>();
}
