using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Drafts;

namespace SmartRadio.Controller.Tests.Drafts;

/// <summary>What is being written is kept for its writer alone.</summary>
public sealed class SaveDraftTests
{
    private static readonly Actor Other = new("other", "Người khác");

    [Fact]
    public async Task Draft_is_kept_as_typed_and_saving_again_keeps_one()
    {
        await using var controller = await TestController.StartAsync();
        var key = SaveDraft.NewKey();
        await SaveAsync(controller, key, "Họp", "Kính thưa bà con.\r\n  Ngày\u200b mai");

        await SaveAsync(controller, key, "Họp thôn", "Kính thưa bà con. ");

        var draft = Assert.Single(await ListAsync(controller, TestController.Officer));
        Assert.Equal((key, "Họp thôn", "Kính thưa bà con. "), (draft.Key, draft.Title, draft.Text));
        Assert.Equal(controller.Time.GetUtcNow(), draft.ChangedAt);
    }

    [Theory]
    [InlineData("meeting", "meeting")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Draft_remembers_its_template(string? template, string? kept)
    {
        await using var controller = await TestController.StartAsync();
        await controller.Get<SaveDraft>().HandleAsync(
            new SaveDraftRequest(SaveDraft.NewKey(), "Họp", "Lúc [giờ]", AreaId: null, "north") { Template = template },
            TestController.Officer, CancellationToken.None);

        Assert.Equal(kept, Assert.Single(await ListAsync(controller, TestController.Officer)).Template);
    }

    [Fact]
    public async Task Characters_that_nobody_sees_are_left_out()
    {
        await using var controller = await TestController.StartAsync();
        await SaveAsync(controller, SaveDraft.NewKey(), "a\u202eb", "c\u0000d\nđ");

        var draft = Assert.Single(await ListAsync(controller, TestController.Officer));
        Assert.Equal(("ab", "c d\nđ"), (draft.Title, draft.Text));
    }

    [Fact]
    public async Task Nobody_else_sees_finds_or_discards_it()
    {
        await using var controller = await TestController.StartAsync();
        var key = SaveDraft.NewKey();
        await SaveAsync(controller, key, "Của tôi", "Chào.");

        Assert.Empty(await ListAsync(controller, Other));
        Assert.Null(await controller.Get<DraftQuery>().FindAsync("other", key, CancellationToken.None));
        await SaveAsync(controller, key, "Của người khác", "Khác.", Other);
        await controller.Get<DiscardDraft>().HandleAsync(key, Other, CancellationToken.None);

        Assert.Equal("Của tôi", Assert.Single(await ListAsync(controller, TestController.Officer)).Title);
        Assert.Empty(await ListAsync(controller, Other));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ngắn")]
    [InlineData("0123456789ABCDEF")]
    [InlineData("../../etc/passwd")]
    public async Task Key_of_another_shape_is_refused(string key)
    {
        await using var controller = await TestController.StartAsync();

        Assert.Equal(Refusal.Malformed, await RefusalAsync(() => SaveAsync(controller, key, "a", "b")));
        await controller.Get<DiscardDraft>().HandleAsync(key, TestController.Officer, CancellationToken.None);
        await using var db = await controller.OpenAsync();
        Assert.Equal(["draft"], await db.Audit.Select(entry => entry.Subject).ToListAsync());
    }

    [Fact]
    public async Task Text_that_no_bulletin_could_hold_is_refused_and_the_one_before_stays()
    {
        await using var controller = await TestController.StartAsync(now: null, ("Audio:MaxTextLength", "100"));
        var key = SaveDraft.NewKey();
        await SaveAsync(controller, key, new string('t', 300), new string('x', 100));

        Assert.Equal(Refusal.TextTooLong, await RefusalAsync(() => SaveAsync(controller, key, "b", new string('y', 101))));

        var draft = Assert.Single(await ListAsync(controller, TestController.Officer));
        Assert.Equal((string.Empty, new string('x', 100)), (draft.Title, draft.Text));
    }

    [Fact]
    public async Task Number_of_drafts_is_bounded_for_a_person()
    {
        await using var controller = await TestController.StartAsync(now: null, ("Limits:PersonDrafts", "1"));
        var key = SaveDraft.NewKey();
        await SaveAsync(controller, key, "a", "b");

        Assert.Equal(
            DraftRefusal.TooManyDrafts, await RefusalAsync(() => SaveAsync(controller, SaveDraft.NewKey(), "a", "b")));

        await SaveAsync(controller, key, "a", "c");
        await SaveAsync(controller, SaveDraft.NewKey(), "a", "b", Other);
    }

    private static Task SaveAsync(TestController controller, string key, string title, string text, Actor? by = null) =>
        controller.Get<SaveDraft>().HandleAsync(
            new SaveDraftRequest(key, title, text, AreaId: null, "north"), by ?? TestController.Officer, CancellationToken.None);

    private static Task<IReadOnlyList<TextDraft>> ListAsync(TestController controller, Actor who) =>
        controller.Get<DraftQuery>().ListAsync(who.PersonId!, 10, CancellationToken.None);

    private static async Task<string> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<RefusedException>(work)).Refusal;
}
