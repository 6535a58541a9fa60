using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Schedules;

/// <summary>A schedule that new quiet hours would silence.</summary>
/// <param name="Times">Those of its times that fall into them.</param>
public sealed record SilencedSchedule(ScheduleRow Row, IReadOnlyList<TimeOnly> Times);

/// <summary>Finds the schedules that new quiet hours would silence, before they are set.</summary>
public sealed class SilencedQuery(ScheduleQuery schedules, AreaQuery areas)
{
    private const int Most = 10_000;

    /// <param name="scope">What the reader sees.</param>
    /// <param name="area">Whose hours are to change; areas below it that set none of their own follow.</param>
    /// <param name="quiet">The new hours; null = those of the area above.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<SilencedSchedule>> FindAsync(
        AreaScope scope, long area, QuietHours? quiet, CancellationToken cancellationToken)
    {
        var tree = await areas.LoadAsync(cancellationToken);
        if (tree.Find(area) is not { } changed)
        {
            return [];
        }

        var hours = quiet ?? (changed.ParentId is { } parent ? tree.QuietHoursOf(parent) : QuietHours.Default);
        var following = tree.WithDescendants([area]).Where(each => Follows(tree, each, area)).ToHashSet();
        var (rows, _) = await schedules.ListAsync(scope, new ScheduleFilter(Active: true), Most, cancellationToken);
        var silenced =
            from row in rows
            where !row.IsWithdrawn
            where tree.WithDescendants(row.Schedule.Audience.Areas).Concat(row.Areas).Any(following.Contains)
            let times = row.Schedule.Times.Where(at => Touches(hours, row, at)).ToList()
            where times.Count > 0
            select new SilencedSchedule(row, times);
        return [.. silenced];
    }

    /// <summary>No area from this one up to the changed one sets hours of its own.</summary>
    private static bool Follows(AreaTree tree, long id, long changed)
    {
        for (var each = tree.Find(id); each is not null; each = each.ParentId is { } parent ? tree.Find(parent) : null)
        {
            if (each.Id == changed)
            {
                return true;
            }

            if (each.QuietHours is not null)
            {
                return false;
            }
        }

        return false;
    }

    private static bool Touches(QuietHours hours, ScheduleRow row, TimeOnly at)
    {
        var air = new DateTimeOffset(DateOnly.FromDateTime(DateTime.UnixEpoch), at, TimeSpan.Zero);
        return row.Schedule.Repeated(air).Any(start => hours.Touches(start.DateTime, row.Length));
    }
}
