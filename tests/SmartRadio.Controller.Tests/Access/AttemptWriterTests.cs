using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access.Attempts;
using SmartRadio.Controller.Changes;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests.Access;

public sealed class AttemptWriterTests
{
    private static readonly Attempt Tried = new(Attempt.SignIn, "person officer", "10.0.0.1");

    [Fact]
    public async Task Flood_becomes_a_few_rows_a_minute_with_its_number()
    {
        await using var controller = await TestController.StartAsync();
        var ledger = controller.Get<AttemptLedger>();
        for (var i = 0; i < 100_000; i++)
        {
            ledger.Count(new Attempt(Attempt.SignIn, "person officer", string.Create(CultureInfo.InvariantCulture, $"10.0.{i % 200}.0")));
        }

        await controller.Get<AttemptWriter>().WriteAsync(CancellationToken.None);
        await controller.Get<AttemptWriter>().WriteAsync(CancellationToken.None);

        await using var db = await controller.OpenAsync();
        var rows = await db.Audit.Where(row => row.Action == Attempt.SignIn).ToListAsync();
        Assert.Equal(AttemptLedger.MostRows + 1, rows.Count);
        Assert.Contains(rows, row => row.Subject == "address" && row.Detail.Contains("\"Times\":95000", StringComparison.Ordinal));
        Assert.All(rows.Where(row => row.Subject != "address"), row => Assert.Contains("\"Times\":500", row.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tries_are_counted_on_while_the_database_is_held()
    {
        await using var controller = await TestController.StartAsync();
        var ledger = controller.Get<AttemptLedger>();
        ledger.Count(Tried);

        await using (await controller.Get<WriteTurns>().TakeAsync(isUrgent: false, CancellationToken.None))
        {
            var writing = controller.Get<AttemptWriter>().WriteAsync(CancellationToken.None);
            controller.Time.Advance(TimeSpan.FromMinutes(1));
            await writing;
        }

        Assert.Equal([(Tried, 1)], ledger.Take());
    }

    [Fact]
    public async Task Tries_are_counted_on_when_the_program_ends()
    {
        await using var controller = await TestController.StartAsync();
        var ledger = controller.Get<AttemptLedger>();
        ledger.Count(Tried);
        ledger.Count(Tried with { Address = "10.0.0.2" });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => controller.Get<AttemptWriter>().WriteAsync(new CancellationToken(canceled: true)));

        Assert.Equal(2, ledger.Take().Count);
    }

    [Fact]
    public void Mistakes_in_forms_hide_no_other_refusal()
    {
        var ledger = new AttemptLedger();
        for (var i = 0; i < 100; i++)
        {
            ledger.Count(new Attempt(Attempt.Input, "person lan", "10.0.0.1", $"POST /{i}"));
        }

        var others = new[] { Attempt.Right, Attempt.SignIn, Attempt.ApiKey, Attempt.EnrolmentCode }
            .Select(action => new Attempt(action, "person hoa", "10.0.0.2", "GET /people")).ToList();
        others.ForEach(other => ledger.Count(other));

        var taken = ledger.Take();
        Assert.All(others, other => Assert.Contains((other, 1L), taken));
        Assert.Equal(100, taken.Where(each => each.Attempt.Action == Attempt.Input).Sum(each => each.Times));
        Assert.True(taken.Count(each => each.Attempt.Action == Attempt.Input) <= AttemptLedger.MostRows + 1);
    }

    [Fact]
    public void Place_is_dropped_before_the_account()
    {
        var ledger = new AttemptLedger();
        for (var i = 0; i < 25; i++)
        {
            ledger.Count(new Attempt(Attempt.Right, "person lan", "10.0.0.1", $"GET /{i}"));
        }

        for (var i = 0; i < 8; i++)
        {
            ledger.Count(new Attempt(Attempt.Right, $"person p{i}", "10.0.0.2", "GET /people"), times: 3);
        }

        var taken = ledger.Take();
        Assert.Equal(25, taken.Where(each => each.Attempt.Subject == "person lan").Sum(each => each.Times));
        Assert.All(
            Enumerable.Range(0, 8), i => Assert.Equal(3, taken.Single(each => each.Attempt.Subject == $"person p{i}").Times));
    }

    [Fact]
    public async Task Tries_are_written_once_a_minute()
    {
        await using var controller = await TestController.StartAsync();
        await controller.RunAsync<AttemptWriter>();
        controller.Get<AttemptLedger>().Count(new Attempt(Attempt.ApiKey, string.Empty, "10.0.0.1"));
        await Poll.UntilAsync("it waits", () => controller.Time.NextAlarm is not null);
        Assert.Equal(controller.Time.GetUtcNow() + TimeSpan.FromMinutes(1), controller.Time.NextAlarm);

        controller.Time.Advance(TimeSpan.FromMinutes(1));

        await Poll.UntilAsync("it is written", async () =>
        {
            await using var db = await controller.OpenAsync();
            return await db.Audit.AnyAsync(row => row.Action == Attempt.ApiKey && row.Subject == "address 10.0.0.1");
        });
    }
}
