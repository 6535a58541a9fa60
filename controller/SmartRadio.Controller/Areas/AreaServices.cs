using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Areas;

internal static class AreaServices
{
    public static IServiceCollection AddAreas(this IServiceCollection services) => services
        .AddSingleton<AreaQuery>()
        .AddSingleton<IAuditedIn, AuditedAreas>()
        .AddSingleton<IDerivedColumns, AreaLooks>()
        .AddSingleton<AddArea>()
        .AddSingleton<SetAreaRules>()
        .AddSingleton<SetExercise>()
        .AddHosted<ExerciseEnd>();
}
