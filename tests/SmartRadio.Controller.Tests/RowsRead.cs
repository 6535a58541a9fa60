using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests;

/// <summary>A controller's database, with a count of the rows that are read from it by this way.</summary>
internal sealed class RowsRead : DbCommandInterceptor, IDbContextFactory<RadioDb>
{
    private readonly TestController _controller;
    private long _rows;

    public RowsRead(TestController controller) => _controller = controller;

    /// <summary>How many rows the call reads, and what it returns. The end of each answer counts as a row.</summary>
    public async Task<(long Rows, T Result)> CountAsync<T>(Func<Task<T>> read)
    {
        var before = Interlocked.Read(ref _rows);
        var result = await read();
        return (Interlocked.Read(ref _rows) - before, result);
    }

    public RadioDb CreateDbContext() => new(
        new DbContextOptionsBuilder<RadioDb>(_controller.Get<DbContextOptions<RadioDb>>()).AddInterceptors(this).Options);

    public override InterceptionResult DataReaderDisposing(
        DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        Interlocked.Add(ref _rows, eventData.ReadCount);
        return result;
    }
}
