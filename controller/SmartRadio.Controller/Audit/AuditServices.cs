using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Controller.Audit;

internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditedChanges>()
        .AddSingleton<AuditChain>()
        .AddSingleton<AuditLog>();
}
