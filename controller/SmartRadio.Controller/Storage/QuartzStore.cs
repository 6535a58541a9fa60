using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace SmartRadio.Controller.Storage;

/// <summary>Where Quartz keeps its triggers: tables of its own, which it makes itself, in the same database.</summary>
internal static class QuartzStore
{
    public static void UseRadioStore(this IQuartzBuilder quartz) => quartz.UsePersistentStore(store =>
    {
        store.UseSqlite(source => source.DataSourceFactory = provider =>
            SqliteFactory.Instance.CreateDataSource(provider.GetRequiredService<DataFolder>().ConnectionString));
        store.ProvisionSchema();
    });
}
