using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Tests.Changes;

public sealed class AuditChainTests
{
    [Fact]
    public async Task Acts_are_a_whole_chain()
    {
        await using var controller = await WithThreeAsync();

        var found = await controller.Get<AuditChain>().VerifyAsync(CancellationToken.None);

        Assert.Equal((3, null), (found.Rows, found.BrokenAt));
    }

    [Fact]
    public async Task A_row_that_was_altered_is_found()
    {
        await using var controller = await WithThreeAsync();
        await using var db = await controller.OpenAsync();
        await db.Audit.Where(row => row.Id == 2)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ActorName, "Somebody else"));

        Assert.Equal(2, (await controller.Get<AuditChain>().VerifyAsync(CancellationToken.None)).BrokenAt);
    }

    [Fact]
    public async Task A_row_that_was_removed_is_found()
    {
        await using var controller = await WithThreeAsync();
        await using var db = await controller.OpenAsync();
        await db.Audit.Where(row => row.Id == 2).ExecuteDeleteAsync();

        Assert.Equal(3, (await controller.Get<AuditChain>().VerifyAsync(CancellationToken.None)).BrokenAt);
    }

    [Fact]
    public async Task Rows_cut_off_at_the_end_show_in_the_head()
    {
        await using var controller = await WithThreeAsync();
        var before = await controller.Get<AuditChain>().VerifyAsync(CancellationToken.None);
        await using var db = await controller.OpenAsync();
        await db.Audit.Where(row => row.Id == 3).ExecuteDeleteAsync();

        Assert.NotEqual(before.Head, (await controller.Get<AuditChain>().VerifyAsync(CancellationToken.None)).Head);
    }

    [Fact]
    public async Task Whoever_looks_has_new_rows_checked_and_all_of_them_each_hour()
    {
        await using var controller = await WithThreeAsync();
        var chain = controller.Get<AuditChain>();
        Assert.Equal((3, null), Of(await chain.VerifyNewAsync(CancellationToken.None)));
        await using var db = await controller.OpenAsync();
        await db.Audit.Where(row => row.Id == 2)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ActorName, "Somebody else"));
        await AddAsync(controller, 4);

        Assert.Equal((4, null), Of(await chain.VerifyNewAsync(CancellationToken.None)));
        controller.Time.Advance(AuditChain.WholeLasts);
        Assert.Equal((1, 2L), Of(await chain.VerifyNewAsync(CancellationToken.None)));

        static (long Rows, long? BrokenAt) Of(AuditVerification found) => (found.Rows, found.BrokenAt);
    }

    [Fact]
    public async Task New_row_that_was_altered_is_found_by_who_looks_next()
    {
        await using var controller = await WithThreeAsync();
        var chain = controller.Get<AuditChain>();
        await chain.VerifyNewAsync(CancellationToken.None);
        await AddAsync(controller, 4);
        await using var db = await controller.OpenAsync();
        await db.Audit.Where(row => row.Id == 4)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ActorName, "Somebody else"));

        Assert.Equal(4, (await chain.VerifyNewAsync(CancellationToken.None)).BrokenAt);
    }

    [Fact]
    public async Task Changes_at_the_same_time_make_one_chain()
    {
        await using var controller = await TestController.StartAsync();

        // Each on a thread of its own: SQLite answers at once, so that they would else come one after the other.
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => AddAsync(controller, number))));

        var found = await controller.Get<AuditChain>().VerifyAsync(CancellationToken.None);
        Assert.Equal((20, null), (found.Rows, found.BrokenAt));
    }

    [Fact]
    public async Task A_change_that_fails_leaves_neither_itself_nor_a_row()
    {
        await using var controller = await TestController.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => controller.Get<AuditedChanges>().ApplyAsync<int>(
            TestController.Officer,
            Right.Administer,
            "area.add",
            async (change, cancellationToken) =>
            {
                var db = change.Db;
                change.Everywhere();
                db.Areas.Add(new Area { Code = "1", Name = "Một", Level = "Xã" });
                await db.SaveChangesAsync(cancellationToken);
                throw new InvalidOperationException();
            },
            CancellationToken.None));

        await using var db = await controller.OpenAsync();
        Assert.Equal((0, 0), (await db.Areas.CountAsync(), await db.Audit.CountAsync()));
    }

    [Fact]
    public async Task The_log_is_read_page_by_page_from_the_newest()
    {
        await using var controller = await WithThreeAsync();
        var log = controller.Get<AuditQuery>();

        var first = await log.ListAsync(
            TestController.Officer, AreaScope.Everywhere, before: null, take: 2, CancellationToken.None);
        var second = await log.ListAsync(
            TestController.Officer, AreaScope.Everywhere, first[^1].Id, take: 2, CancellationToken.None);

        Assert.Equal([3, 2, 1], first.Concat(second).Select(row => row.Id));
        Assert.All(first, row => Assert.Equal(("area.add", "Cán bộ [officer]"), (row.Action, row.ActorName)));
    }

    private static async Task<TestController> WithThreeAsync()
    {
        var controller = await TestController.StartAsync();
        for (var number = 1; number <= 3; number++)
        {
            await AddAsync(controller, number);
        }

        return controller;
    }

    private static Task<Area> AddAsync(TestController controller, int number) => controller.Get<AddArea>().HandleAsync(
        new AddAreaRequest(null, $"{number}", $"Xã {number}", "Xã"), TestController.Officer, CancellationToken.None);
}
