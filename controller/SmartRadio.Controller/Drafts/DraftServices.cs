using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Controller.Drafts;

internal static class DraftServices
{
    public static IServiceCollection AddDrafts(this IServiceCollection services) => services
        .AddSingleton<DraftQuery>()
        .AddSingleton<SaveDraft>()
        .AddSingleton<DiscardDraft>();
}
