using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Lexicon;

internal static class LexiconServices
{
    public static IServiceCollection AddLexicon(this IServiceCollection services) => services
        .AddSingleton<LexiconQuery>()
        .AddSingleton<IAuditedIn, AuditedLexicon>()
        .AddSingleton<SetWord>()
        .AddSingleton<RemoveWord>();
}
