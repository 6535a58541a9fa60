using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Controller.Programmes;

internal static class ProgrammeServices
{
    public static IServiceCollection AddProgrammes(this IServiceCollection services) => services
        .AddSingleton<ComposeProgramme>();
}
