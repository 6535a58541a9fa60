using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Schedules;

/// <summary>What all changes of a schedule do inside their transaction.</summary>
internal static class ScheduleChanges
{
    /// <summary>The schedule, for a change by somebody who may write in all areas of its audience.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.UnknownSchedule"/>; <see cref="ScheduleRefusal.ReplacedMeanwhile"/>: another one took its place;
    /// <see cref="BroadcastRefusal.AlreadyOver"/>: it is cancelled.
    /// </exception>
    public static async Task<Schedule> FindAsync(
        Change change, long id, CancellationToken cancellationToken, bool isCancelled = false)
    {
        var schedule = await change.Db.Schedules.FindAsync([id], cancellationToken)
            ?? throw new RefusedException(ScheduleRefusal.UnknownSchedule, id);
        change.At(await AudienceNodes.AreasAsync(change.Db, schedule.Audience, cancellationToken));
        if (schedule.CancelledAt is not null && !isCancelled)
        {
            await CheckDaysAsync(change.Db, schedule, DateOnly.MinValue, to: null, cancellationToken);
        }

        return schedule;
    }

    /// <summary>Refuses a change of days that are not the schedule's any more: who asks has not seen what it became.</summary>
    /// <param name="db">To read from.</param>
    /// <param name="schedule">Which is to be changed.</param>
    /// <param name="from">The first of the days.</param>
    /// <param name="to">The last; null = all later ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.ReplacedMeanwhile"/>, <see cref="BroadcastRefusal.AlreadyOver"/>: it is cancelled.
    /// </exception>
    public static async Task CheckDaysAsync(
        RadioDb db, Schedule schedule, DateOnly from, DateOnly? to, CancellationToken cancellationToken)
    {
        if (await NewerAsync(db, schedule, from, to, cancellationToken) is { } newer)
        {
            throw new RefusedException(ScheduleRefusal.ReplacedMeanwhile, newer.Id, newer.From);
        }

        if (schedule.CancelledAt is not null)
        {
            throw new RefusedException(BroadcastRefusal.AlreadyOver, schedule.Id);
        }
    }

    /// <summary>The newest schedule that changes made of one for some of these days, cancelled or not; or null.</summary>
    public static Task<Schedule?> NewerAsync(
        RadioDb db, Schedule schedule, DateOnly from, DateOnly? to, CancellationToken cancellationToken)
    {
        var (id, series) = (schedule.Id, schedule.SeriesId ?? schedule.Id);
        return db.Schedules.AsNoTracking()
            .Where(row => row.SeriesId == series && row.Id > id && (to == null || row.From <= to)
                && (row.Recurrence == Recurrence.Once ? row.From >= from : row.Until == null || row.Until >= from))
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Another one of the series that airs on days of a schedule, or on any if both air once; or null.</summary>
    public static Task<Schedule?> AiringInsteadAsync(RadioDb db, Schedule schedule, CancellationToken cancellationToken)
    {
        var (id, series, from) = (schedule.Id, schedule.SeriesId ?? schedule.Id, schedule.From);
        // What airs once has moved as a whole, to whichever day.
        var isOnce = schedule.Recurrence == Recurrence.Once;
        var (later, end) = (isOnce ? null : schedule.Until, schedule.End);
        return db.Schedules.AsNoTracking()
            .Where(row => (row.SeriesId ?? row.Id) == series && row.Id != id && row.CancelledAt == null
                && (row.Id > id
                    ? later == null || row.From <= later
                    : (isOnce && row.Recurrence == Recurrence.Once)
                        || ((end == null || row.From <= end)
                            && (row.Recurrence == Recurrence.Once ? row.From >= from : row.Until == null || row.Until >= from))))
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Cancels its broadcasts that have not begun.</summary>
    /// <param name="change">In progress.</param>
    /// <param name="schedule">Of which.</param>
    /// <param name="now">The instant of the change.</param>
    /// <param name="isWithdrawn">By their start; null = all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<IReadOnlyList<long>> WithdrawAsync(
        Change change, Schedule schedule, DateTimeOffset now, Func<DateTimeOffset, bool>? isWithdrawn,
        CancellationToken cancellationToken)
    {
        var ahead = change.Db.Broadcasts.Where(
            row => row.ScheduleId == schedule.Id && row.State == BroadcastState.Planned && row.Start > now);
        if (isWithdrawn is not null)
        {
            var ids = (await ahead.Select(row => new { row.Id, row.Start }).ToListAsync(cancellationToken))
                .FindAll(row => isWithdrawn(row.Start)).ConvertAll(row => row.Id);
            ahead = change.Db.Broadcasts.Where(row => ids.Contains(row.Id));
        }

        return await BroadcastWithdrawal.WithdrawAsync(change, ahead, now, cancellationToken);
    }

    /// <summary>What is left of an audience: nodes may have been revoked since.</summary>
    public static async Task<Audience> PresentAsync(
        RadioDb db, AreaTree tree, Audience audience, CancellationToken cancellationToken)
    {
        var areas = tree.WithDescendants(audience.Areas).ToList();
        var named = await AudienceNodes.NamedAsync(db, audience, cancellationToken);
        var present = await db.Nodes
            .Where(node => node.RevokedAt == null && (areas.Contains(node.AreaId) || named.Contains(node.Id)))
            .Select(node => node.Id)
            .ToListAsync(cancellationToken);
        return present.Count == 0
            ? new Audience([], [])
            : audience with { Nodes = [.. audience.Nodes.Intersect(present, StringComparer.Ordinal)] };
    }
}
