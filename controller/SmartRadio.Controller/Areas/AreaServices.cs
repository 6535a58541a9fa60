using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Areas;

internal static class AreaServices
{
    public static IServiceCollection AddAreas(this IServiceCollection services) => services
        .AddSingleton<AreaQuery>()
        .AddSingleton<IAuditedIn, AuditedAreas>()
        .AddSingleton<AddArea>()
        .AddSingleton<SetAreaRules>();
}
