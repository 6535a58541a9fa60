using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Controller.Areas;

internal static class AreaServices
{
    public static IServiceCollection AddAreas(this IServiceCollection services) => services
        .AddSingleton<AreaTrees>()
        .AddSingleton<AddArea>()
        .AddSingleton<SetAreaRules>();
}
