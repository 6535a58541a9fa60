using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Controller.Storage;

internal static class StorageServices
{
    private const int RowsACommand = 8;

    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton<DataFolder>()
        .AddSingleton<RadioDbStartup>()
        .AddSingleton<WriteAheadLog>()
        .AddHostedService<LogCheckpoints>()
        .AddPooledDbContextFactory<RadioDb>((provider, options) => options
            // SQLite finds each parameter of a command by its name among all others: a command for many rows is slower than many
            // commands.
            // For the same reason a list of ids is one parameter, which the query joins, and not one for each id.
            .UseSqlite(
                provider.GetRequiredService<DataFolder>().ConnectionString,
                sqlite => sqlite.MaxBatchSize(RowsACommand)
                    .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            // RadioDbStartup begins again from a copy when a migration is cut.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning)));
}
