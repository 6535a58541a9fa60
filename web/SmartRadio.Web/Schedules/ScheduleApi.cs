using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartRadio.Controller;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Schedules;
using SmartRadio.Web.Shared.Api;
using SmartRadio.Web.SignIn;
using SmartRadio.Protocol;

namespace SmartRadio.Web.Schedules;

/// <summary>What airs a bulletin again and again, in local time.</summary>
public sealed record ScheduleBody(
    [property: Description("An approved bulletin.")] long BulletinId,
    BroadcastClass Class,
    [property: Description("Monthly means the day of \"from\", or a shorter month's last day.")] Recurrence Recurrence,
    [property: Description("First day, local. Example: 2026-12-01.")] DateOnly From,
    [property: Description("Time of day, local. Example: 05:00 or 05:00:30.")] TimeOnly At,
    [property: Description("Ids of areas; each stands for all nodes in it and below.")] IReadOnlyList<long>? Areas = null,
    IReadOnlyList<string>? Nodes = null,
    [property: Description("Last day, local, inclusive; absent = without end.")] DateOnly? Until = null,
    [property: Description("The days of a weekly schedule. Example: [\"monday\", \"friday\"].")] IReadOnlyList<DayOfWeek>? Weekdays = null,
    [property: Description("How often it is aired each time, 1 to 24.")] int Repeats = 1,
    [property: Description("Minutes from the end of one repeat to the start of the next, 0 to 720.")] int GapMinutes = 0,
    [property: Description("How late a node may still start it, in seconds; absent = the usual.")] int? ToleranceSeconds = null)
{
    internal ScheduleRequest ToRequest() => new(
        BulletinId, Class, new Audience(Areas ?? [], Nodes ?? []), Recurrence, From, At, Until, Weekdays ?? [], Repeats,
        TimeSpan.FromMinutes(GapMinutes), ToleranceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
}

public sealed record ScheduleAnswer(
    long Id,
    long BulletinId,
    string Title,
    BroadcastClass Class,
    Recurrence Recurrence,
    DateOnly From,
    TimeOnly At,
    DateOnly? Until,
    IReadOnlyList<DayOfWeek> Weekdays,
    int Repeats,
    int GapMinutes,
    IReadOnlyList<long> Areas,
    IReadOnlyList<string> Nodes,
    [property: Description("The next air time, or null when it is over or cancelled.")] DateTimeOffset? Next,
    DateTimeOffset? CancelledAt)
{
    internal static ScheduleAnswer Of(ScheduleRow row) => new(
        row.Schedule.Id, row.Schedule.BulletinId, row.Title, row.Schedule.Class, row.Schedule.Recurrence, row.Schedule.From,
        row.Schedule.At, row.Schedule.Until, [.. Enum.GetValues<DayOfWeek>().Where(day => ((row.Schedule.Weekdays >> (int)day) & 1) != 0)],
        row.Schedule.Repeats, (int)row.Schedule.Gap.TotalMinutes, row.Schedule.Audience.Areas, row.Schedule.Audience.Nodes,
        row.Next, row.Schedule.CancelledAt);
}

internal static class ScheduleApi
{
    private const int Listed = 500;

    public static void MapSchedules(this IEndpointRouteBuilder api)
    {
        var schedules = api.MapGroup("/schedules").WithTags("schedules");
        schedules.MapGet(string.Empty, ListAsync).WithSummary("The newest schedules.").Refuses();
        schedules.MapPost(string.Empty, AddAsync).WithSummary("Plans a bulletin once, daily, on weekdays or monthly.").Refuses(400, 409, 422);
        schedules.MapGet("/{id:long}", GetAsync).WithSummary("One schedule.").Refuses(404);
        schedules.MapDelete("/{id:long}", CancelAsync).WithSummary("Ends a schedule; its broadcasts to come are cancelled.").Refuses(404, 409);
    }

    private static async Task<IEnumerable<ScheduleAnswer>> ListAsync(ScheduleQuery schedules, CancellationToken cancel) =>
        (await schedules.ListAsync(Listed, cancel)).Select(ScheduleAnswer.Of);

    private static async Task<Created<ScheduleAnswer>> AddAsync(
        ScheduleBody body, AddSchedule add, ScheduleQuery schedules, HttpContext context, CancellationToken cancel)
    {
        var made = await add.HandleAsync(body.ToRequest(), context.User.Actor(), cancel);
        return TypedResults.Created($"/api/v1/schedules/{made.Id}", await FindAsync(made.Id, schedules, CancellationToken.None));
    }

    private static Task<ScheduleAnswer> GetAsync(long id, ScheduleQuery schedules, CancellationToken cancel) => FindAsync(id, schedules, cancel);

    private static async Task<NoContent> CancelAsync(long id, CancelSchedule cancelSchedule, HttpContext context, CancellationToken cancel)
    {
        await cancelSchedule.HandleAsync(id, context.User.Actor(), cancel);
        return TypedResults.NoContent();
    }

    private static async Task<ScheduleAnswer> FindAsync(long id, ScheduleQuery schedules, CancellationToken cancel) =>
        ScheduleAnswer.Of(await schedules.GetAsync(id, cancel) ?? throw new RefusedException(ScheduleRefusal.UnknownSchedule, id));
}
