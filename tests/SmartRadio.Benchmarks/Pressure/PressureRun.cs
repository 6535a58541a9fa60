using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SmartRadio.Benchmarks.Demo;

namespace SmartRadio.Benchmarks.Pressure;

/// <summary>Airs an emergency that all nodes hold, and stops it when all have begun, again and again.</summary>
internal sealed class PressureRun(DemoSystem system, DemoApi api, int nodes)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How long another program holds the database after the press.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(3);

    /// <summary>Waits for the nodes, and has them fetch the sound.</summary>
    public async Task BeginAsync()
    {
        await UntilAsync(api.OnlineAsync, count => count == nodes);
        await RoundAsync("fetching", NothingAsync, NothingAsync);
    }

    /// <param name="name">What presses on the program.</param>
    /// <param name="rounds">How many.</param>
    /// <param name="beforeStop">Ends at the instant for the next press of stop; null = any.</param>
    public Task<Figures> RoundsAsync(string name, int rounds, Func<Task>? beforeStop = null) =>
        RoundsAsync(name, rounds, beforeStop ?? NothingAsync, NothingAsync);

    /// <summary>The database is held from before each press until a while after it.</summary>
    public async Task<Figures> LockedRoundsAsync(string name, int rounds)
    {
        await using var holder = new SqliteConnection($"Data Source={system.Database}");
        await holder.OpenAsync();
        var seen = await RoundsAsync(name, rounds, () => ExecuteAsync(holder, "BEGIN IMMEDIATE"), async () =>
        {
            await Task.Delay(Held);
            await ExecuteAsync(holder, "ROLLBACK");
        });
        seen.Heard.Clear();
        return seen;
    }

    private async Task<Figures> RoundsAsync(string name, int rounds, Func<Task> beforeStop, Func<Task> afterStop)
    {
        var figures = new Figures([], [], []);
        for (var i = 0; i < rounds; i++)
        {
            var (silent, answered, heard) = await RoundAsync(name, beforeStop, afterStop);
            figures.Silent.Add(silent);
            figures.Answered.Add(answered);
            figures.Heard.Add(heard);
        }

        return figures;
    }

    private async Task<(double Silent, double Answered, double Heard)> RoundAsync(
        string name, Func<Task> beforeStop, Func<Task> afterStop)
    {
        var asked = DateTimeOffset.UtcNow;
        var id = await api.AirAsync("emergency");
        var begun = await UntilAsync(
            () => api.ReceiptsAsync(id), all => all.Count == nodes && all.All(each => each.StartedAt is not null));
        await beforeStop();
        var pressed = DateTimeOffset.UtcNow;
        var since = Stopwatch.GetTimestamp();
        var status = await api.StopAllAsync();
        var answered = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        await afterStop();
        var ended = await UntilAsync(() => api.ReceiptsAsync(id), all => all.All(each => each.EndedAt is not null));
        var silent = ended.Max(each => each.EndedAt is { } end ? (end - pressed).TotalMilliseconds : double.PositiveInfinity);
        var heard = begun.Max(each => each.StartedAt is { } start ? (start - asked).TotalMilliseconds : double.PositiveInfinity);
        await UntilAsync(api.BroadcastAsync, each => each?.State != "planned");
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: heard after {heard:0} ms, silent after {silent:0} ms, answered {status} after {answered:0} ms"));
        return (silent, answered, heard);
    }

    private static Task NothingAsync() => Task.CompletedTask;

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <returns>What was seen last: good, or all that came in time.</returns>
    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Predicate<T> isGood)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (isGood(seen) || Stopwatch.GetElapsedTime(since) > Patience)
            {
                return seen;
            }

            await Task.Delay(Look);
        }
    }
}
