using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Controller.Storage;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton<DataFolder>()
        .AddSingleton<ChangeFeed>()
        .AddSingleton<RadioDbStartup>()
        .AddPooledDbContextFactory<RadioDb>((provider, options) => options
            .UseSqlite(provider.GetRequiredService<DataFolder>().ConnectionString)
            // Migrations are written by hand, without EF's snapshot of the model; a test compares the two schemas instead.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
}
