using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>What people look for in a list of broadcasts.</summary>
public enum BroadcastOutcome
{
    /// <summary>Every node played it to the end.</summary>
    Heard,

    /// <summary>A node did not, though nobody cancelled it there.</summary>
    Failed,

    /// <summary>A person stopped or cancelled it.</summary>
    Stopped,

    /// <summary>It is to come or on air.</summary>
    Waiting,
}

/// <summary>Which broadcasts a list holds. Null = whichever.</summary>
/// <param name="From">Starts then or later.</param>
/// <param name="To">Starts before.</param>
/// <param name="Areas">Concerns a node in one of them.</param>
/// <param name="After">Only those after this one in the order of the list, by start and id.</param>
public sealed record BroadcastFilter(
    BroadcastState? State = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    IReadOnlyCollection<long>? Areas = null,
    (DateTimeOffset Start, long Id)? After = null)
{
    public BroadcastClass? Class { get; init; }

    public BroadcastOutcome? Outcome { get; init; }

    public long? BulletinId { get; init; }

    public long? ScheduleId { get; init; }

    /// <summary>Exercises alone, or none.</summary>
    public bool? IsExercise { get; init; }

    /// <summary>Words of the bulletin's title, in any case and with or without marks.</summary>
    public string? Title { get; init; }

    /// <summary>The oldest first, instead of the newest.</summary>
    public bool IsAscending { get; init; }

    /// <summary>Those of the broadcasts that it holds, in the order of the list.</summary>
    internal async Task<IQueryable<Broadcast>> ApplyAsync(
        RadioDb db, AreaScope scope, IQueryable<Broadcast> broadcasts, CancellationToken cancellationToken)
    {
        broadcasts = WithOutcome(broadcasts, scope);
        if (State is { } state)
        {
            broadcasts = broadcasts.Where(b => b.State == state);
        }

        if (From is { } from)
        {
            broadcasts = broadcasts.Where(b => b.Start >= from);
        }

        if (To is { } to)
        {
            broadcasts = broadcasts.Where(b => b.Start < to);
        }

        if (Class is { } asked)
        {
            broadcasts = broadcasts.Where(b => b.Class == asked);
        }

        if (BulletinId is { } bulletin)
        {
            broadcasts = broadcasts.Where(b => b.BulletinId == bulletin);
        }

        if (ScheduleId is { } schedule)
        {
            broadcasts = broadcasts.Where(b => b.ScheduleId == schedule);
        }

        if (IsExercise is { } exercise)
        {
            broadcasts = broadcasts.Where(b => b.IsExercise == exercise);
        }

        if (!string.IsNullOrWhiteSpace(Title))
        {
            var bulletins = await TitleSearch.FindAsync(db, scope, Title, cancellationToken);
            broadcasts = broadcasts.Where(b => bulletins.Contains(b.BulletinId));
        }

        if (Areas is { } areas)
        {
            broadcasts = broadcasts.Where(b => b.Targets.Any(t => areas.Contains(t.AreaId)));
        }

        if (After is var (start, id))
        {
            broadcasts = IsAscending
                ? broadcasts.Where(b => b.Start > start || (b.Start == start && b.Id > id))
                : broadcasts.Where(b => b.Start < start || (b.Start == start && b.Id < id));
        }

        return IsAscending
            ? broadcasts.OrderBy(b => b.Start).ThenBy(b => b.Id)
            : broadcasts.OrderByDescending(b => b.Start).ThenByDescending(b => b.Id);
    }

    private IQueryable<Broadcast> WithOutcome(IQueryable<Broadcast> broadcasts, AreaScope scope)
    {
        var (all, areas) = (scope.IsEverywhere, scope.Areas ?? new HashSet<long>());
        return Outcome switch
        {
            BroadcastOutcome.Stopped => broadcasts.Where(b => b.State == BroadcastState.Stopped),
            BroadcastOutcome.Waiting => broadcasts.Where(b => b.State == BroadcastState.Planned),
            BroadcastOutcome.Heard => broadcasts.Where(b =>
                b.Targets.Where(t => all || areas.Contains(t.AreaId)).All(t => t.State == TargetState.Played)),
            BroadcastOutcome.Failed => broadcasts.Where(b => b.State != BroadcastState.Stopped
                && b.Targets.Any(t => (all || areas.Contains(t.AreaId)) && t.State > TargetState.Played
                    && t.Reason != ReceiptReason.Stopped && t.Reason != ReceiptReason.LocalStop)),
            _ => broadcasts,
        };
    }
}
