using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SmartRadio.Controller;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Schedules;
using SmartRadio.Protocol;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.Schedules;

/// <summary>What airs a bulletin again and again, in local time.</summary>
public sealed record ScheduleBody
{
    [Description("An approved bulletin, or one that waits for approval: nothing is aired until somebody approves it.")]
    public required long BulletinId { get; init; }

    public required BroadcastClass Class { get; init; }

    [Description("Monthly means the day of \"from\", or a shorter month's last day; monthlyWeekday its weekday, such as the "
        + "second Monday, the fifth being the last; lunar the 1st and 15th of the lunar month.")]
    public required Recurrence Recurrence { get; init; }

    [Description("First day, local. Example: 2026-12-01.")]
    public required DateOnly From { get; init; }

    [Description("Times of day, local, 1 to 24 of them. Example: [\"05:00\", \"17:00:30\"].")]
    public required IReadOnlyList<TimeOnly> Times { get; init; }

    [Description("Ids of areas; each stands for all nodes in it and below.")]
    public IReadOnlyList<long>? Areas { get; init; }

    public IReadOnlyList<string>? Nodes { get; init; }

    [Description("Ids of groups of nodes; those in them at each date hear it.")]
    public IReadOnlyList<long>? Groups { get; init; }

    [Description("Last day, local, inclusive; absent = without end.")]
    public DateOnly? Until { get; init; }

    [Description("After how many air times it ends, 1 to 1000; absent = without end.")]
    public int? Count { get; init; }

    [Description("Days on which nothing is aired, at most 20 spans.")]
    public IReadOnlyList<PauseBody>? Pauses { get; init; }

    [Description("Whether it is left out on public holidays of Viet Nam, or aired only on those of its days that are one.")]
    public HolidayRule Holidays { get; init; }

    [Description("The days of a weekly schedule. Example: [\"monday\", \"friday\"].")]
    public IReadOnlyList<DayOfWeek>? Weekdays { get; init; }

    [Description("How often it is aired each time, 1 to 24.")]
    public int Repeats { get; init; } = 1;

    [Description("Minutes from the start of one repeat to the start of the next, up to 720 and not below the bulletin's length.")]
    public int DistanceMinutes { get; init; }

    [Description("How late a node may still start it, in seconds; absent = as the one that it changes, else the usual.")]
    public int? ToleranceSeconds { get; init; }

    [Description("True = before others of its class that start at the same instant on the same nodes, which wait for its end; "
        + "false = after them, waiting for theirs; absent = as the one that it changes, else after them, without waiting longer.")]
    public bool? GoesFirst { get; init; }

    [Description("True = air it although the same bulletin starts at the same instant on some of the same nodes already; "
        + "otherwise that is refused.")]
    public bool AllowsDouble { get; init; }

    internal ScheduleRequest ToRequest() => new(
        BulletinId,
        Class,
        new Audience(Areas ?? [], Nodes ?? []) { Groups = Groups ?? [] },
        new RecurrenceRule(Recurrence, From, Times)
        {
            Until = Until,
            Count = Count,
            Pauses = [.. (Pauses ?? []).Select(pause => PauseBody.Read(pause))],
            Holidays = Holidays,
            Weekdays = Weekdays ?? [],
            Repeats = Repeats,
            Distance = TimeSpan.FromMinutes(DistanceMinutes),
        },
        ToleranceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null)
    {
        GoesFirst = GoesFirst,
        AllowsDouble = AllowsDouble,
    };
}

/// <summary>Days without broadcasts.</summary>
public sealed record PauseBody
{
    [Description("First day, local.")]
    public required DateOnly From { get; init; }

    [Description("Last day, local, inclusive.")]
    public required DateOnly To { get; init; }

    /// <exception cref="RefusedException">The list holds null in its place.</exception>
    internal static SchedulePause Read(PauseBody? pause) => pause is null
        ? throw new RefusedException(Refusal.Malformed, "pauses")
        : new(pause.From, pause.To);
}

public sealed record ScheduleAnswer
{
    internal ScheduleAnswer(ScheduleRow row)
    {
        var schedule = row.Schedule;
        (Id, BulletinId, Title, Class, Recurrence) = (schedule.Id, schedule.BulletinId, row.Title,
            schedule.Class, schedule.Recurrence);
        (From, Times, Until, Last) = (schedule.From, schedule.Times, schedule.Until, schedule.Last);
        (Repeats, DistanceMinutes) = (schedule.Repeats, (int)schedule.Distance.TotalMinutes);
        Pauses = [.. schedule.Pauses.Select(pause => new PauseBody { From = pause.From, To = pause.To })];
        Weekdays = [.. Enum.GetValues<DayOfWeek>().Where(day => ((schedule.Weekdays >> (int)day) & 1) != 0)];
        (Areas, Nodes, Groups) = (row.Seen.Areas, row.Seen.Nodes, row.Seen.Groups);
        Holidays = schedule.Holidays;
        (Next, CancelledAt, Newer, Waiting) = (row.Next, schedule.CancelledAt, row.Newer, row.IsWaiting);
    }

    public long Id { get; }

    public long BulletinId { get; }

    public string Title { get; }

    public BroadcastClass Class { get; }

    public Recurrence Recurrence { get; }

    public DateOnly From { get; }

    public IReadOnlyList<TimeOnly> Times { get; }

    public DateOnly? Until { get; }

    [Description("The last air time of a schedule that ends after so many.")]
    public DateTimeOffset? Last { get; }

    public IReadOnlyList<PauseBody> Pauses { get; }

    public HolidayRule Holidays { get; }

    public IReadOnlyList<DayOfWeek> Weekdays { get; }

    public int Repeats { get; }

    public int DistanceMinutes { get; }

    [Description("Those of its areas that the reader sees, and those above them.")]
    public IReadOnlyList<long> Areas { get; }

    [Description("Those of its loudspeakers that the reader sees.")]
    public IReadOnlyList<string> Nodes { get; }

    [Description("Those of its groups that the reader sees, wholly or in part.")]
    public IReadOnlyList<long> Groups { get; }

    [Description("The next air time, or null when it is over or cancelled, or its bulletin was withdrawn.")]
    public DateTimeOffset? Next { get; }

    public DateTimeOffset? CancelledAt { get; }

    [Description("The newest schedule that changes made of it, or null. Days that it took over cannot be changed here.")]
    public long? Newer { get; }

    [Description("Its bulletin is not approved: nothing is aired, and what passes until then is never aired.")]
    public bool Waiting { get; }
}

/// <param name="Schedules">How many air the new version from now on.</param>
public sealed record NewVersionAnswer(int Schedules);

/// <summary>Which schedules a list holds.</summary>
public sealed class ScheduleListQuery
{
    [FromQuery(Name = "active")]
    [Description("True = only those not cancelled whose last day is not over; false = only the others.")]
    public bool? Active { get; init; }

    [FromQuery(Name = "bulletin")]
    [Description("Only those of this bulletin.")]
    public long? Bulletin { get; init; }
}

internal static class ScheduleApi
{
    public static void MapSchedules(this IEndpointRouteBuilder api)
    {
        var schedules = api.MapGroup("/schedules").WithTags("schedules");
        schedules.MapGet(string.Empty, ListAsync).Needs(Right.See).Operation("listSchedules", "The newest schedules.").Refuses();
        schedules.MapPost(string.Empty, AddAsync).Needs(Right.Write)
            .Operation("addSchedule", "Plans a bulletin once, daily, on weekdays, monthly or by the moon.").Refuses(400, 409, 422);
        schedules.MapGet("/{id:long}", GetAsync).Needs(Right.See).Operation("getSchedule", "One schedule.").Refuses(404);
        schedules.MapPut("/{id:long}", ChangeAsync).Needs(Right.Write)
            .Operation(
                "changeSchedule",
                "Changes a schedule from the day of \"from\" on: the old one ends the day before, the answer is the new one.")
            .Refuses(400, 404, 409, 422);
        schedules.MapPost("/{id:long}/restore", RestoreAsync).Needs(Right.Write)
            .Operation("restoreSchedule", "Takes back a cancellation of the last two minutes.").Refuses(404, 409);
        schedules.MapPost("/{id:long}/pauses", PauseAsync).Needs(Right.Write)
            .Operation("pauseSchedule", "Leaves days out; what was planned for them is withdrawn.").Refuses(400, 404, 409, 422);
        schedules.MapDelete("/{id:long}/pauses/{from}", ResumeAsync).Needs(Right.Write)
            .Operation("resumeSchedule", "Takes out the pause that begins on a day.").Refuses(400, 404, 409);
        api.MapPost("/bulletins/{id:long}/schedules", UseAsync).WithTags("schedules").Needs(Right.Write)
            .Operation(
                "useNewVersion",
                "Has the schedules that air an earlier version of the bulletin air this one from now on; says how many did.")
            .Refuses(404, 409, 422);
        schedules.MapDelete("/{id:long}", CancelAsync).Needs(Right.Write)
            .Operation("cancelSchedule", "Ends a schedule; its broadcasts to come are cancelled.").Refuses(404, 409);
    }

    private static async Task<IReadOnlyList<ScheduleAnswer>> ListAsync(
        [AsParameters] ListPage page, [AsParameters] ScheduleListQuery asked, ScheduleQuery schedules, MyGrants mine,
        HttpContext context, CancellationToken cancellationToken)
    {
        var (rows, total) = await schedules.ListAsync(
            await mine.SeenAsync(cancellationToken), new ScheduleFilter(asked.Active, asked.Bulletin, page.AfterId),
            page.Take, cancellationToken);
        return page.Answer(context, rows, row => row.Schedule.Id, row => new ScheduleAnswer(row), total);
    }

    private static async Task<NewVersionAnswer> UseAsync(
        long id, UseNewVersion use, HttpContext context, CancellationToken cancellationToken) =>
        new(await use.HandleAsync(id, context.User.Actor(), cancellationToken));

    private static async Task<Created<ScheduleAnswer>> AddAsync(
        ScheduleBody body, AddSchedule add, ScheduleQuery schedules, HttpContext context, CancellationToken cancellationToken)
    {
        var made = await add.HandleAsync(body.ToRequest(), context.User.Actor(), cancellationToken);
        return TypedResults.Created(
            $"/api/v1/schedules/{made.Id}", await FindAsync(made.Id, schedules, AreaScope.Everywhere, CancellationToken.None));
    }

    private static async Task<ScheduleAnswer> GetAsync(
        long id, ScheduleQuery schedules, MyGrants mine, CancellationToken cancellationToken) =>
        await FindAsync(id, schedules, await mine.SeenAsync(cancellationToken), cancellationToken);

    private static async Task<ScheduleAnswer> ChangeAsync(
        long id, ScheduleBody body, ChangeSchedule change, ScheduleQuery schedules, HttpContext context,
        CancellationToken cancellationToken)
    {
        var request = body.ToRequest();
        var made = await change.HandleAsync(id, request.Rule.From, request, context.User.Actor(), cancellationToken);
        return await FindAsync(made.Id, schedules, AreaScope.Everywhere, CancellationToken.None);
    }

    private static async Task<NoContent> RestoreAsync(
        long id, RestoreSchedule restore, HttpContext context, CancellationToken cancellationToken)
    {
        await restore.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> PauseAsync(
        long id, PauseBody body, PauseSchedule pause, HttpContext context, CancellationToken cancellationToken)
    {
        await pause.HandleAsync(id, body.From, body.To, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ResumeAsync(
        long id, [Description("The pause's first day. Example: 2027-02-05.")] DateOnly from, PauseSchedule pause,
        HttpContext context, CancellationToken cancellationToken)
    {
        await pause.ResumeAsync(id, from, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> CancelAsync(
        long id, CancelSchedule cancelSchedule, HttpContext context, CancellationToken cancellationToken)
    {
        await cancelSchedule.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<ScheduleAnswer> FindAsync(
        long id, ScheduleQuery schedules, AreaScope seen, CancellationToken cancellationToken) =>
        new(await schedules.GetAsync(id, seen, cancellationToken)
            ?? throw new RefusedException(ScheduleRefusal.UnknownSchedule, id));
}
