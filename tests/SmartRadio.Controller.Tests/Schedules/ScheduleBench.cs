using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Schedules;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>A commune with a node and an approved bulletin of two seconds, and what tests of schedules ask of it.</summary>
internal static class ScheduleBench
{
    public static DateOnly Friday { get; } = new(2026, 11, 20);

    /// <summary>Every day at 17:00 from today, with ten minutes of tolerance.</summary>
    public static async Task<ScheduleRequest> DailyAsync(this TestController controller, QuietHours? quiet = null)
    {
        var area = await controller.AddAreaAsync("1", quiet: quiet);
        await controller.AddNodeAsync(area);
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(2));
        return new(
            bulletin.Id,
            BroadcastClass.Normal,
            new Audience([area.Id], []),
            new RecurrenceRule(Recurrence.Daily, Friday, [new TimeOnly(17, 0)]),
            Tolerance: TimeSpan.FromMinutes(10));
    }

    /// <summary>The same with another rule.</summary>
    public static ScheduleRequest When(this ScheduleRequest request, Func<RecurrenceRule, RecurrenceRule> change) =>
        request with { Rule = change(request.Rule) };

    public static Task<Schedule> AddAsync(this TestController controller, ScheduleRequest request) =>
        controller.Get<AddSchedule>().HandleAsync(request, TestController.Officer, CancellationToken.None);

    public static Task<bool> PlanAsync(this TestController controller, long scheduleId) =>
        controller.Get<SchedulePlanner>().PlanAsync(scheduleId, CancellationToken.None);

    /// <summary>All broadcasts by start, each as "local start state".</summary>
    public static async Task<List<string>> BroadcastsAsync(this TestController controller)
    {
        await using var db = await controller.OpenAsync();
        var local = controller.Get<LocalTime>();
        return (await db.Broadcasts.OrderBy(row => row.Start).ToListAsync())
            .ConvertAll(row => string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{local.Of(row.Start):MM-dd HH:mm:ss} {row.State}"));
    }
}
