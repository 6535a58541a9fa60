using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Templates;

internal static class TemplateServices
{
    public static IServiceCollection AddTemplates(this IServiceCollection services) => services
        .AddSingleton<TemplateQuery>()
        .AddSingleton<IAuditedIn, AuditedTemplates>()
        .AddSingleton<SaveTemplate>()
        .AddSingleton<RemoveTemplate>();
}
