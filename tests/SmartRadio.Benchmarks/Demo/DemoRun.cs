using System.Diagnostics;
using System.Globalization;
using System.Text;
using SmartRadio.Benchmarks.Rows;

namespace SmartRadio.Benchmarks.Demo;

/// <summary>
/// Waits until all nodes are on-line, rests, airs a bulletin by schedule, and says what was heard and what it cost.
/// </summary>
internal sealed class DemoRun(DemoSystem system, int nodes)
{
    private const double MostSeconds = 60;
    private const double MostMilliseconds = 50;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    /// <summary>From scheduling to the start: plans and sound have to reach everybody.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly StringBuilder _table = new("| figure | value | aim | met |\n|---|---:|---|---|\n");

    public bool IsGood { get; private set; } = true;

    public string Table() => _table.ToString();

    public async Task<DemoRun> PlayAsync()
    {
        await system.NodesStartedAsync();
        var start = Stopwatch.GetTimestamp();
        using var api = new DemoApi(system.Address, (await File.ReadAllTextAsync(system.KeyFile)).Trim());
        var before = Cpu();
        var online = await UntilAsync(api.OnlineAsync, count => count == nodes);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Add("on-line", online, $"= {nodes:N0}", online == nodes);
        Add("seconds from the nodes' start", seconds, $"≤ {MostSeconds}", seconds <= MostSeconds);
        AddCpu("coming on-line", before, start);

        (before, start) = (Cpu(), Stopwatch.GetTimestamp());
        await Task.Delay(Rest);
        AddCpu("at rest", before, start);

        // The nodes' process compiles what playing calls during the first.
        await PlayAsync(api, "first", mayBeLate: true);
        await PlayAsync(api, "second", mayBeLate: false);
        AddMemory();
        return this;
    }

    private async Task PlayAsync(DemoApi api, string name, bool mayBeLate)
    {
        var (before, start) = (Cpu(), Stopwatch.GetTimestamp());
        var due = DateTimeOffset.FromUnixTimeSeconds((DateTimeOffset.UtcNow + Ahead).ToUnixTimeSeconds());
        await api.ScheduleAsync(due);
        var broadcast = await UntilAsync(
            api.BroadcastAsync, each => each is not null && each.Start >= due && each.Played + each.Failed >= nodes);
        AddCpu($"{name} bulletin, from scheduling to the last receipt", before, start);
        AddHeard(name, broadcast, broadcast is null ? [] : await api.ReceiptsAsync(broadcast.Id), mayBeLate);
    }

    private void AddHeard(string name, Broadcast? broadcast, IReadOnlyList<Receipt> receipts, bool mayBeLate)
    {
        var most = receipts.Select(receipt => receipt.Samples).DefaultIfEmpty().Max();
        var whole = receipts.Count(receipt => receipt.EndedAt is not null && receipt.Samples == most && most > 0);
        var delays = receipts.Where(receipt => receipt.StartedAt is not null)
            .Select(receipt => Math.Abs((receipt.StartedAt!.Value - broadcast!.Start).TotalMilliseconds)).ToList();
        var p99 = Statistics.Percentile(delays, 0.99);
        Add($"{name}: played to the end, by receipts", broadcast?.Played ?? 0, $"= {nodes:N0}", broadcast?.Played == nodes);
        Add($"{name}: with all of {most:N0} samples", whole, $"= {nodes:N0}", whole == nodes);
        Add($"{name}: start off by ms, p50", Statistics.Percentile(delays, 0.5));
        Add($"{name}: start off by ms, p99", p99, mayBeLate ? "" : $"≤ {MostMilliseconds}", mayBeLate
            ? null
            : p99 <= MostMilliseconds);
        Add($"{name}: start off by ms, worst", Statistics.Percentile(delays, 1));
    }

    private (TimeSpan Controller, TimeSpan Mosquitto) Cpu() => (system.Controller.Cpu, system.Mosquitto?.Cpu ?? TimeSpan.Zero);

    private void AddCpu(string phase, (TimeSpan Controller, TimeSpan Mosquitto) before, long start)
    {
        var (now, took) = (Cpu(), Stopwatch.GetElapsedTime(start));
        Add($"cores of {ControllerName()}, {phase}", (now.Controller - before.Controller) / took);
        if (system.Mosquitto is not null)
        {
            Add($"cores of mosquitto, {phase}", (now.Mosquitto - before.Mosquitto) / took);
        }
    }

    private void AddMemory()
    {
        Add($"MiB of {ControllerName()}", system.Controller.ProportionalBytes / 1024.0 / 1024);
        if (system.Mosquitto is { } mosquitto)
        {
            Add("MiB of mosquitto", mosquitto.ProportionalBytes / 1024.0 / 1024);
        }
    }

    private string ControllerName() => system.Mosquitto is null ? "controller with broker" : "controller";

    private void Add(string name, double value, string aim = "", bool? met = null)
    {
        _table.Append(
            CultureInfo.InvariantCulture,
            $"| {name} | {value:#,0.##} | {aim} | {met switch { null => "", true => "yes", false => "**no**" }} |\n");
        IsGood &= met != false;
    }

    /// <returns>What was seen last: good, or all that came in three minutes.</returns>
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
