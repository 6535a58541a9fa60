using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Storage;

/// <summary>Commits that are flushed later, and the log they go to.</summary>
public sealed class WriteAheadLogTests
{
    private const long Normal = 1;
    private const long Full = 2;

    [Fact]
    public async Task Only_commits_of_the_deferring_context_skip_the_flush()
    {
        await using var controller = await TestController.StartAsync();
        await using (var db = await controller.OpenAsync())
        {
            await using var deferral = await WriteAheadLog.DeferAsync(db, CancellationToken.None);
            await using var other = await controller.OpenAsync();

            Assert.Equal((Normal, Full), (await SynchronousAsync(db), await SynchronousAsync(other)));
        }

        // The same connection comes from the pool again.
        await using var next = await controller.OpenAsync();
        Assert.Equal(Full, await SynchronousAsync(next));
    }

    [Fact]
    public async Task Deferral_ends_after_a_transaction_that_failed()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();
        await using (await WriteAheadLog.DeferAsync(db, CancellationToken.None))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Areas.Add(new Area { Code = "a", Name = "A", Level = "xã" });
            await db.SaveChangesAsync();
        }

        Assert.Equal((0, Full), (await db.Areas.CountAsync(), await SynchronousAsync(db)));
    }

    [Fact]
    public async Task Long_log_is_brought_into_the_database()
    {
        await using var controller = await TestController.StartAsync();
        var data = controller.Get<DataFolder>();
        await using (var db = await controller.OpenAsync())
        {
            await using var deferral = await WriteAheadLog.DeferAsync(db, CancellationToken.None);
            await db.Database.ExecuteSqlRawAsync("create table Long (Text text)");
            await db.Database.ExecuteSqlRawAsync("insert into Long values (hex(zeroblob(3000000)))");
        }

        await controller.Get<WriteAheadLog>().FlushAsync();
        var before = new FileInfo(data.Database).Length;
        await controller.Get<WriteAheadLog>().CheckpointAsync(CancellationToken.None);

        Assert.InRange(new FileInfo(data.Database).Length - before, 6_000_000, long.MaxValue);
    }

    [Fact]
    public async Task Triggers_of_quartz_wait_for_no_disk()
    {
        await using var controller = await TestController.StartAsync();
        await using var connection = QuartzStore.SourceOf(controller.Get<DataFolder>()).CreateConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma synchronous";

        Assert.Equal(Normal, await command.ExecuteScalarAsync());
    }

    private static async Task<long> SynchronousAsync(RadioDb db)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "pragma synchronous";
        var found = (long)(await command.ExecuteScalarAsync())!;
        await db.Database.CloseConnectionAsync();
        return found;
    }
}
