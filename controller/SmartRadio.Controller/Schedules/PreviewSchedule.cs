using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Schedules;

/// <summary>What a schedule would do, told before it is saved.</summary>
/// <param name="First">Its first air times, at most <see cref="PreviewSchedule.Shown"/>.</param>
/// <param name="Areas">How many loudspeakers of which areas hear it, and how many of these cannot be reached now.</param>
/// <param name="Clashes">What is aired on the same loudspeakers at the same time within a week of the first air time.</param>
public sealed record ScheduleOutlook(
    IReadOnlyList<DateTimeOffset> First, IReadOnlyList<(Area Area, int Nodes, int Offline)> Areas, IReadOnlyList<Clash> Clashes)
{
    /// <summary>Nothing is aired unless somebody approves the bulletin before.</summary>
    public bool IsWaiting { get; init; }

    public int Nodes => Areas.Sum(each => each.Nodes);

    public int Offline => Areas.Sum(each => each.Offline);
}

/// <summary>Works out what a schedule would do. It changes nothing.</summary>
public sealed class PreviewSchedule(
    IDbContextFactory<RadioDb> databases, AddSchedule add, AirTimes airTimes, NodeStatusCache board, ClashQuery clashes,
    IRights rights)
{
    /// <summary>How many air times are told.</summary>
    public const int Shown = 5;

    /// <param name="request">What is to be saved.</param>
    /// <param name="replaces">A schedule that it is to take the place of, or null.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RefusedException">
    /// Saving it would be refused, as <see cref="AddSchedule"/> and <see cref="ChangeSchedule"/> say.
    /// </exception>
    public async Task<ScheduleOutlook> HandleAsync(
        ScheduleRequest request, long? replaces, Actor actor, CancellationToken cancellationToken)
    {
        var (schedule, first) = add.Draft(request, actor);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var bulletin = await db.Bulletins.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == request.BulletinId, cancellationToken)
            ?? throw new RefusedException(BulletinRefusal.UnknownBulletin, request.BulletinId);
        var named = await AudienceNodes.AreasAsync(db, schedule.Audience, cancellationToken);
        var grants = await rights.OfAsync(db, actor, cancellationToken);
        if (!named.All(area => grants.Of(Right.Write).Holds(area))
            || (bulletin.AreaId is { } owner && !grants.Of(Right.See).Holds(owner)))
        {
            throw new RefusedException(Refusal.NotAllowed);
        }

        var old = await db.Schedules.AsNoTracking().FirstOrDefaultAsync(row => row.Id == replaces, cancellationToken);
        if (old is not null)
        {
            await ScheduleChanges.CheckDaysAsync(db, old, schedule.From, schedule.End, cancellationToken);
        }

        var isWaiting = await WaitingSchedules.MayWaitAsync(db, bulletin, cancellationToken);
        if (!isWaiting)
        {
            BroadcastMaker.CheckApproved(bulletin);
        }

        ScheduleRules.CheckSpan(schedule, bulletin.Length);
        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        var nodes = await AudienceNodes.ResolveAsync(db, tree, schedule.Audience, cancellationToken);
        var reached = AudienceNodes.Reached(tree, schedule.Audience, named);
        add.CheckQuietHours(schedule, first, bulletin.Length, tree, reached);
        schedule.IsExercise = old?.IsExercise ?? BroadcastRules.IsExercise(tree, reached, schedule.Class, schedule.CreatedAt);
        var areas =
            from node in nodes
            group node by node.AreaId into of
            let area = tree.Find(of.Key)!
            orderby area.Name
            select (area, of.Count(), of.Count(node => !board.Find(node.Id).Online));
        return new ScheduleOutlook(
            Times(schedule, first), [.. areas],
            await clashes.FindAsync(db, schedule, first, bulletin.Length, tree, nodes, replaces, cancellationToken))
        {
            IsWaiting = isWaiting,
        };
    }

    private List<DateTimeOffset> Times(Schedule schedule, DateTimeOffset first)
    {
        var times = new List<DateTimeOffset> { first };
        while (times.Count < Shown && airTimes.NextAfter(schedule, times[^1]) is { } next)
        {
            times.Add(next);
        }

        return times;
    }
}
