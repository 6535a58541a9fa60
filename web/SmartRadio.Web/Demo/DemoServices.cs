using SmartRadio.Controller;

namespace SmartRadio.Web.Demo;

/// <summary>A commune to try things in: areas, virtual nodes in the process tree, and a bulletin ready to air.</summary>
internal static class DemoServices
{
    public static void AddDemo(this IServiceCollection services)
    {
        services.AddRoomOptions<DemoOptions>();
        services.AddSingleton<DemoFiles>();
        services.AddSingleton<DemoBulletin>();
        services.AddSingleton<DemoCommune>();
        services.AddHostedService<DemoFleet>();
    }
}
