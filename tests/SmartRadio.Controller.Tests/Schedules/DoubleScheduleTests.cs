using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Groups;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>The same bulletin at the same instant on the same nodes is aired twice only if somebody wants it.</summary>
public sealed class DoubleScheduleTests
{
    [Fact]
    public async Task Double_is_refused_unless_it_is_asked_for()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily);
        var later = daily.When(rule => rule with { From = ScheduleBench.Friday.AddDays(3) });

        Assert.Equal(ScheduleRefusal.AiredThenAlready, await GroupBench.RefusalAsync(() => controller.AddAsync(later)));
        await using var db = await controller.OpenAsync();
        Assert.Equal(1, await db.Schedules.CountAsync());
        await controller.AddAsync(later with { AllowsDouble = true });

        Assert.Equal(2, await db.Schedules.CountAsync());
    }

    [Fact]
    public async Task Change_into_a_double_is_refused_and_one_of_itself_is_not()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var evening = daily.When(rule => rule with { Times = [new TimeOnly(18, 0)] });
        var schedule = await controller.AddAsync(daily);
        await controller.AddAsync(evening);
        Task<Schedule> ChangeAsync(ScheduleRequest request) => controller.Get<ChangeSchedule>().HandleAsync(
            schedule.Id, ScheduleBench.Friday, request, TestController.Officer, CancellationToken.None);

        Assert.Equal(ScheduleRefusal.AiredThenAlready, await GroupBench.RefusalAsync(() => ChangeAsync(evening)));
        await ChangeAsync(daily);
    }
}
