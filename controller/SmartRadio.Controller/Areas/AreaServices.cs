using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Controller.Areas;

internal static class AreaServices
{
    public static IServiceCollection AddAreas(this IServiceCollection services) => services
        .AddSingleton<AreaQuery>()
        .AddSingleton<AddArea>()
        .AddSingleton<SetAreaRules>();
}
