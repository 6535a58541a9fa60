using SmartRadio.Controller;

namespace SmartRadio.Web.Hosting;

/// <summary>The whole program, as Program.cs and the tests build it.</summary>
internal static class RadioProgram
{
    /// <param name="settings">Configuration that wins over files and environment.</param>
    public static WebApplication Build(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // The same whoever starts it and from wherever.
            ApplicationName = typeof(RadioProgram).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseStaticWebAssets();
        builder.AddRadioServer();
        builder.Services.AddRadioController(builder.Configuration);
        builder.Services.AddRadioWeb();

        var app = builder.Build();
        app.UseRadioWeb();
        app.MapRadioWeb();
        return app;
    }
}
