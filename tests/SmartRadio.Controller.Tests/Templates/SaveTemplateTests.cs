using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Templates;

namespace SmartRadio.Controller.Tests.Templates;

/// <summary>Templates of areas: saved, changed, removed, seen from the areas below.</summary>
public sealed class SaveTemplateTests
{
    private static readonly Actor Editor = new("editor", "Biên tập");

    [Fact]
    public async Task Template_is_used_in_its_area_and_below_it()
    {
        await using var controller = await TestController.StartAsync();
        var province = await controller.AddAreaAsync("P");
        var (commune, other) = (await controller.AddAreaAsync("C", province), await controller.AddAreaAsync("D", province));
        var ofAll = await SaveAsync(controller, null, "A của chung");
        var above = await SaveAsync(controller, province.Id, "B của tỉnh");
        var own = await SaveAsync(controller, commune.Id, "C của xã");
        await SaveAsync(controller, other.Id, "D của xã khác");

        var scope = AreaScope.Of(new HashSet<long> { commune.Id });
        var seen = await controller.Get<TemplateQuery>().ListAsync(scope, 10, CancellationToken.None);

        Assert.Equal([ofAll.Key, above.Key, own.Key], seen.Where(row => !row.IsBuiltIn).Select(row => row.Key));
        Assert.Equal(own, await controller.Get<TemplateQuery>().FindAsync(own.Key, scope, CancellationToken.None));
    }

    [Fact]
    public async Task Template_is_changed_and_removed_where_one_writes()
    {
        await using var controller = await TestController.StartAsync();
        var (mine, other) = (await controller.AddAreaAsync("C"), await controller.AddAreaAsync("D"));
        await AddEditorAsync(controller, mine.Id);
        var saved = await SaveAsync(controller, mine.Id, "Họp", by: Editor);
        var foreign = await SaveAsync(controller, other.Id, "Của xã khác");

        var changed = await SaveAsync(controller, mine.Id, "Họp thôn", long.Parse(saved.Key, CultureInfo.InvariantCulture), Editor);

        Assert.Equal((saved.Key, "Họp thôn"), (changed.Key, changed.Title));
        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => SaveAsync(controller, other.Id, "Họp", by: Editor)));
        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(
            () => SaveAsync(controller, mine.Id, "Họp", long.Parse(foreign.Key, CultureInfo.InvariantCulture), Editor)));
        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => RemoveAsync(controller, foreign.Key)));
        await RemoveAsync(controller, saved.Key);
        Assert.Equal(TemplateRefusal.UnknownTemplate, await RefusalAsync(() => RemoveAsync(controller, saved.Key)));
        await using var db = await controller.OpenAsync();
        Assert.Equal("Của xã khác", (await db.Templates.SingleAsync()).Title);
    }

    [Fact]
    public async Task Number_of_templates_is_bounded_for_an_area_and_in_all()
    {
        await using var controller = await TestController.StartAsync(
            now: null, ("Limits:AreaTemplates", "1"), ("Limits:Templates", "2"));
        var (one, two, three) = (
            await controller.AddAreaAsync("1"), await controller.AddAreaAsync("2"), await controller.AddAreaAsync("3"));
        var first = await SaveAsync(controller, one.Id, "Một");
        await SaveAsync(controller, two.Id, "Hai");

        Assert.Equal(TemplateRefusal.TooManyTemplates, await RefusalAsync(() => SaveAsync(controller, one.Id, "Nữa")));
        Assert.Equal(TemplateRefusal.TooManyTemplatesInAll, await RefusalAsync(() => SaveAsync(controller, three.Id, "Nữa")));
        var id = long.Parse(first.Key, CultureInfo.InvariantCulture);
        Assert.Equal("Sửa", (await SaveAsync(controller, one.Id, "Sửa", id)).Title);
        // One that moves is one more there, and none more in all.
        Assert.Equal(TemplateRefusal.TooManyTemplates, await RefusalAsync(() => SaveAsync(controller, two.Id, "Dời", id)));
        Assert.Equal(three.Id, (await SaveAsync(controller, three.Id, "Dời", id)).AreaId);
    }

    private static async Task AddEditorAsync(TestController controller, long area)
    {
        await using var db = await controller.OpenAsync();
        db.Users.Add(new Person { Id = Editor.PersonId!, UserName = "editor", DisplayName = Editor.Name });
        db.Roles.Add(new RoleGrant { PersonId = Editor.PersonId!, Role = Role.Editor, AreaId = area });
        await db.SaveChangesAsync();
    }

    private static Task<TemplateRow> SaveAsync(
        TestController controller, long? area, string title, long? id = null, Actor? by = null) =>
        controller.Get<SaveTemplate>().HandleAsync(
            new SaveTemplateRequest(id, area, title, "Lúc [giờ]."), by ?? TestController.Officer, CancellationToken.None);

    private static Task RemoveAsync(TestController controller, string key) =>
        controller.Get<RemoveTemplate>()
            .HandleAsync(long.Parse(key, CultureInfo.InvariantCulture), Editor, CancellationToken.None);

    private static async Task<string> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<RefusedException>(work)).Refusal;
}
