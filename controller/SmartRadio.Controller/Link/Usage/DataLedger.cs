using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Link.Usage;

/// <summary>
/// How many bytes were sent to each node this month, and how many may be: topics and payloads of commands, of chunks while the
/// node listens for them, and of streams; what MQTT, TLS and TCP add is not in it. Kept in memory; the writer of statuses writes
/// it down from time to time.
/// </summary>
public sealed class DataLedger(IDbContextFactory<RadioDb> databases, LocalTime clock) : ILoadAtStart, IReactTo<DataBudgetSet>
{
    private readonly ConcurrentDictionary<string, DataMeter> _meters = new(StringComparer.Ordinal);
    private int _month = MonthOf(clock.Today);

    /// <summary>Reads the budgets, and what was counted this month before the restart.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var budget in db.DataBudgets.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            Of(budget.NodeId).Budget = budget.Bytes;
        }

        await foreach (var use in db.DataUses.AsNoTracking().Where(use => use.Month == _month).AsAsyncEnumerable()
            .WithCancellation(cancellationToken))
        {
            Of(use.NodeId).Begin(use.Bytes);
        }
    }

    public Task ReactAsync(DataBudgetSet happened, CancellationToken cancellationToken)
    {
        Of(happened.NodeId).Budget = happened.Bytes;
        return Task.CompletedTask;
    }

    public DataMeter Of(string nodeId) => _meters.GetOrAdd(nodeId, _ => new DataMeter());

    /// <summary>
    /// Whether what the node fetches ahead comes by night and in the smallest codec: people set it so, or its budget is used up.
    /// </summary>
    public bool IsThrifty(string nodeId, bool lowData) => lowData || Of(nodeId).IsOver;

    /// <summary>Takes the counts that changed since the last call. With a new month they begin again at zero.</summary>
    public IReadOnlyList<DataUse> TakeUnsaved()
    {
        var taken = new List<DataUse>();
        foreach (var (nodeId, meter) in _meters)
        {
            if (meter.Used is var used && used != meter.Saved)
            {
                meter.Saved = used;
                taken.Add(new DataUse { NodeId = nodeId, Month = _month, Bytes = used });
            }
        }

        if (MonthOf(clock.Today) is var month && month != _month)
        {
            _month = month;
            foreach (var meter in _meters.Values)
            {
                meter.Begin(0);
            }
        }

        return taken;
    }

    /// <summary>Gives back what could not be saved.</summary>
    public void Keep(IEnumerable<DataUse> unsaved)
    {
        foreach (var use in unsaved.Where(use => use.Month == _month))
        {
            // It differs from any count, so it is taken again.
            Of(use.NodeId).Saved = -1;
        }
    }

    private static int MonthOf(DateOnly day) => (day.Year * 100) + day.Month;
}
