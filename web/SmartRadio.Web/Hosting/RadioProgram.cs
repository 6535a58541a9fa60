using SmartRadio.Controller;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Metrics;

namespace SmartRadio.Web.Hosting;

/// <summary>The whole program, as Program.cs and the tests build it.</summary>
internal static class RadioProgram
{
    /// <exception cref="StartFailure">The data folder cannot be used.</exception>
    /// <param name="settings">Configuration that wins over files and environment.</param>
    /// <param name="machine">The machine's clock; null is the real one.</param>
    public static WebApplication Build(IReadOnlyDictionary<string, string?> settings, TimeProvider? machine = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // The same whoever starts it and from wherever.
            ApplicationName = typeof(RadioProgram).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(settings);
        // First of all: whatever comes next may write there.
        var claim = DataFolderLock.Take(builder.Configuration["SmartRadio:Data"] ?? new RadioOptions().Data);
        DataCheck.Check(claim.Folder);
        builder.Services.AddSingleton(_ => claim);
        builder.WebHost.UseStaticWebAssets();
        builder.AddRadioServer();
        builder.Services.AddSingleton(machine ?? TimeProvider.System);
        builder.Services.AddRadioController(builder.Configuration);
        builder.Services.AddRadioWeb();
        builder.AddRadioMetrics();

        var app = builder.Build();
        // Asked for once, so that it is let go of when the program ends.
        app.Services.GetRequiredService<DataFolderLock>();
        app.UseRadioWeb();
        app.MapRadioWeb();
        return app;
    }
}
