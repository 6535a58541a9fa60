using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Storage;

/// <summary>What names look like is stored, and an index finds those that look alike.</summary>
public sealed class DerivedColumnsTests
{
    [Fact]
    public async Task Alike_names_are_found_without_reading_all()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();

        var people = await QueryPlan.OfAsync(db, NewPerson.Alike(db, "lan"));
        var areas = await QueryPlan.OfAsync(db, AddArea.Alike(db, null, "xa lan"));

        Assert.DoesNotContain("SCAN", people, StringComparison.Ordinal);
        Assert.Contains("IX_AspNetUsers_UserNameLook", people, StringComparison.Ordinal);
        Assert.Contains("IX_AspNetUsers_DisplayNameLook", people, StringComparison.Ordinal);
        Assert.Contains("IX_Areas_ParentId_Look (ParentId=? AND Look=?)", areas, StringComparison.Ordinal);
    }

    /// <summary>Rows of a version before have none, and the way in which they are worked out may change.</summary>
    [Fact]
    public async Task Start_renews_looks_that_are_missing_or_old()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        await using (var db = await controller.OpenAsync())
        {
            await db.Database.ExecuteSqlRawAsync(
                "update Areas set Look = ''; update AspNetUsers set UserNameLook = '', DisplayNameLook = 'old'");
        }

        await controller.Get<RadioDbStartup>().MigrateAsync(CancellationToken.None);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.Get<AddArea>().HandleAsync(
            new AddAreaRequest(null, "2", area.Name.ToUpperInvariant(), area.Level), TestController.Officer,
            CancellationToken.None));
        Assert.Equal(AreaRefusal.AreaLooksTaken, refused.Refusal);
        await using var after = await controller.OpenAsync();
        Assert.Equal(
            (NameLook.Of("officer"), NameLook.Of(TestController.Officer.Name)),
            await after.Users.Select(person => ValueTuple.Create(person.UserNameLook, person.DisplayNameLook)).SingleAsync());
    }
}
