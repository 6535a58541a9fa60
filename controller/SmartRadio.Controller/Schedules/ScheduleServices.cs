using Microsoft.Extensions.DependencyInjection;
using Quartz;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Groups;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Schedules;

internal static class ScheduleServices
{
    public static IServiceCollection AddSchedules(this IServiceCollection services) => services
        .AddRoomOptions<ScheduleOptions>()
        .AddSingleton<AirTimes>()
        .AddSingleton<ScheduleTriggers>()
        .AddSingleton<SchedulePlanner>()
        .AddSingleton<ScheduleTurns>()
        .AddPart<ScheduleAdded, ScheduleTurns>()
        .AddReaction<ScheduleAdded, ScheduleTriggers>()
        .AddReaction<ScheduleAdded, SchedulePlanner>()
        .AddReaction<ScheduleChanged, ScheduleTriggers>()
        .AddReaction<ScheduleChanged, SchedulePlanner>()
        .AddReaction<ScheduleCancelled, ScheduleTriggers>()
        .AddReaction<BulletinApproved, SchedulePlanner>()
        .AddSingleton<WaitingSchedules>()
        .AddPart<BulletinApproved, WaitingSchedules>()
        .AddPart<BulletinVersionAdded, WaitingSchedules>()
        .AddSingleton<ExerciseSchedules>()
        .AddPart<ExerciseEnded, ExerciseSchedules>()
        .AddSingleton<ScheduleLimits>()
        .AddSingleton<AddSchedule>()
        .AddSingleton<ChangeSchedule>()
        .AddSingleton<CancelSchedule>()
        .AddSingleton<RestoreSchedule>()
        .AddSingleton<PauseSchedule>()
        .AddSingleton<MakeOccurrence>()
        .AddSingleton<WithdrawnBroadcasts>()
        .AddSingleton<UseNewVersion>()
        .AddSingleton<PreviewSchedule>()
        .AddSingleton<ClashQuery>()
        .AddSingleton<CalendarQuery>()
        .AddSingleton<CopyWeek>()
        .AddSingleton<SilencedQuery>()
        .AddSingleton<LimitQuery>()
        .AddSingleton<IUseBulletins, ScheduleSources>()
        .AddSingleton<IUseGroups, ScheduleGroups>()
        .AddSingleton<IAuditedIn, AuditedSchedules>()
        .AddSingleton<ScheduleQuery>()
        .AddQuartz(quartz =>
        {
            quartz.UseRadioStore();
            quartz.AddJob<PlanScheduleJob>(job => job.WithIdentity(PlanScheduleJob.Key).StoreDurably());
            quartz.ScheduleJob<PlanAheadJob>(trigger => trigger
                .WithIdentity("plan-ahead")
                .WithSimpleSchedule(schedule => schedule.WithInterval(PlanAheadJob.Interval).RepeatForever()));
        })
        .AddQuartzHostedService(options => options.WaitForJobsToComplete = true)
        .AddHostedService<ScheduleStartup>();
}
