using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Hosting;

/// <summary>What /health says, and whether it says it by its status too.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private readonly RadioHost _radio = new();

    public async ValueTask InitializeAsync()
    {
        await _radio.InitializeAsync();
        await SaysAsync(HttpStatusCode.OK, scheduler: "up");
    }

    public ValueTask DisposeAsync() => _radio.DisposeAsync();

    [Fact]
    public async Task Process_that_answers_is_alive()
    {
        var scheduler = await _radio.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.Standby();
        using var stranger = _radio.Stranger();

        Assert.Equal(HttpStatusCode.OK, (await stranger.FetchAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task Scheduler_that_was_paused_is_down_until_it_goes_on()
    {
        var scheduler = await _radio.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();

        await scheduler.Standby();
        await SaysAsync(HttpStatusCode.ServiceUnavailable, scheduler: "down");

        await scheduler.Start();
        await SaysAsync(HttpStatusCode.OK, scheduler: "up");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(60)]
    public async Task Scheduler_that_let_a_time_pass_is_down(int minutes)
    {
        await using var database = new SqliteConnection(
            $"Data Source={Path.Combine(_radio.Data, "smartradio.db")};Pooling=False");
        await database.OpenAsync();
        await using var late = database.CreateCommand();
        late.CommandText = "update QRTZ_TRIGGERS set NEXT_FIRE_TIME = $due where TRIGGER_STATE = 'WAITING'";
        late.Parameters.AddWithValue("$due", DateTime.UtcNow.AddMinutes(-minutes).Ticks);

        // Quartz may find and mend it before it is asked; then it is late again.
        await SaysAsync(HttpStatusCode.ServiceUnavailable, scheduler: "down", before: () => late.ExecuteNonQueryAsync());
    }

    private async Task SaysAsync(HttpStatusCode status, string scheduler, Func<Task>? before = null)
    {
        using var stranger = _radio.Stranger();
        await Poll.UntilAsync($"the answer is {status} and the scheduler {scheduler}", async () =>
        {
            await (before?.Invoke() ?? Task.CompletedTask);
            var answer = await stranger.FetchAsync("/health/ready");
            var parts = await answer.JsonAsync(answer.StatusCode);
            Assert.Equal("up", parts.GetProperty("database").GetString());
            return answer.StatusCode == status && parts.GetProperty("scheduler").GetString() == scheduler;
        });
    }
}
