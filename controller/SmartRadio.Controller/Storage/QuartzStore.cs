using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace SmartRadio.Controller.Storage;

/// <summary>Where Quartz keeps its triggers: tables of its own, which it makes itself, in the same database.</summary>
internal static class QuartzStore
{
    public static void UseRadioStore(this IQuartzBuilder quartz) => quartz.UsePersistentStore(store =>
    {
        store.UseSqlite(source =>
            source.DataSourceFactory = provider => SourceOf(provider.GetRequiredService<DataFolder>()));
        store.ProvisionSchema();
    });

    internal static DbDataSource SourceOf(DataFolder data) => new LightDataSource(data.QuartzConnectionString);

    /// <summary>
    /// Connections whose commits do not wait for the disk: a trigger that a power cut takes back fires again, and planning twice
    /// plans the same.
    /// </summary>
    private sealed class LightDataSource(string connectionString) : DbDataSource
    {
        public override string ConnectionString => connectionString;

        protected override DbConnection CreateDbConnection()
        {
            var connection = new SqliteConnection(connectionString);
            connection.StateChange += (_, change) =>
            {
                if (change.CurrentState == ConnectionState.Open)
                {
                    WriteAheadLog.DeferAll(connection);
                }
            };
            return connection;
        }
    }
}
