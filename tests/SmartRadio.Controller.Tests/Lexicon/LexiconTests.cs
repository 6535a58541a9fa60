using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Lexicon;
using SmartRadio.Controller.Tests.Bulletins;

namespace SmartRadio.Controller.Tests.Lexicon;

/// <summary>Words that areas say in their own way: inherited, replaced, removed, within limits and rights.</summary>
public sealed class LexiconTests
{
    [Fact]
    public async Task Area_says_a_word_as_the_nearest_area_above()
    {
        await using var controller = await TestController.StartAsync();
        var province = await controller.AddAreaAsync("49");
        var commune = await controller.AddAreaAsync("1", province);
        var other = await controller.AddAreaAsync("2", province);
        await SetAsync(controller, null, "NVH", "nhà văn hóa");
        await SetAsync(controller, province.Id, "NVH", "nhà văn hóa thôn");
        await SetAsync(controller, commune.Id, "Zuôih", "giu ôi");

        Assert.Equal("nhà văn hóa thôn ở giu ôi", await ReadAsync(controller, "NVH ở Zuôih", commune.Id));
        Assert.Equal("nhà văn hóa thôn ở Zuôih", await ReadAsync(controller, "NVH ở Zuôih", other.Id));
        Assert.Equal("nhà văn hóa ở Zuôih", await ReadAsync(controller, "NVH ở Zuôih", null));
        Assert.Equal(
            ["NVH nhà văn hóa thôn", "Zuôih giu ôi"],
            (await controller.Get<LexiconQuery>().WordsAsync(commune.Id, CancellationToken.None))
                .Select(word => $"{word.Written} {word.Spoken}"));
    }

    [Fact]
    public async Task Second_setting_of_a_word_replaces_the_first_and_both_are_audited()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");

        var first = await SetAsync(controller, area.Id, " Cơ\u200b  Tu ", "cơ tu");
        var second = await SetAsync(controller, area.Id, "cơ tu", "cờ tu");
        await controller.Get<RemoveWord>().HandleAsync(second.Id, TestController.Officer, CancellationToken.None);

        Assert.Equal((first.Id, "Cơ Tu", "cờ tu"), (second.Id, first.Written, second.Spoken));
        Assert.Empty(await controller.Get<LexiconQuery>().WordsAsync(area.Id, CancellationToken.None));
        await using var db = await controller.OpenAsync();
        var audit = await db.Audit.OrderBy(entry => entry.Id).ToListAsync();
        Assert.Equal(["lexicon.set", "lexicon.set", "lexicon.remove"], audit.Select(entry => entry.Action));
        Assert.All(audit, entry => Assert.Equal($"lexicon {area.Id}", entry.Subject));
        Assert.Contains("\"before\":\"cơ tu\"", audit[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_set_at_the_same_moment_stand_once()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");

        await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Task.Run(() =>
            SetAsync(controller, i % 2 == 0 ? area.Id : null, "NVH", $"nhà {i}"))));

        await using var db = await controller.OpenAsync();
        Assert.Equal(
            new long?[] { null, area.Id }, (await db.LexiconWords.Select(word => word.AreaId).ToListAsync()).Order());
    }

    [Fact]
    public async Task Database_takes_no_word_of_all_areas_twice()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();
        db.LexiconWords.AddRange(
            new LexiconWord { Written = "NVH", Key = "NVH", Spoken = "nhà" },
            new LexiconWord { Written = "NVH", Key = "NVH", Spoken = "nhà văn hóa" });

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    [Theory]
    [InlineData("", "a", LexiconRefusal.WordMissing)]
    [InlineData("\u200b***", "a", LexiconRefusal.WordMissing)]
    [InlineData("một hai ba bốn năm sáu bảy", "a", LexiconRefusal.WordTooLong)]
    [InlineData("NVH", "", LexiconRefusal.SpokenMissing)]
    [InlineData("NVH", "...", LexiconRefusal.SpokenMissing)]
    [InlineData(null, null, LexiconRefusal.WordMissing)]
    public async Task Word_that_cannot_be_said_is_refused(string? written, string? spoken, string expected)
    {
        await using var controller = await TestController.StartAsync();

        await RefusedAsync(expected, () => SetAsync(controller, null, written!, spoken!));
    }

    [Fact]
    public async Task Word_or_saying_that_is_too_long_is_refused()
    {
        await using var controller = await TestController.StartAsync();

        await RefusedAsync(LexiconRefusal.WordTooLong, () => SetAsync(controller, null, new string('a', 61), "a"));
        await RefusedAsync(LexiconRefusal.WordTooLong, () => SetAsync(controller, null, new string('a', 1_000_000), "a"));
        await RefusedAsync(LexiconRefusal.SpokenTooLong, () => SetAsync(controller, null, "a", new string('a', 201)));
        await SetAsync(controller, null, new string('a', 60), new string('b', 200));
    }

    [Fact]
    public async Task Word_beyond_the_most_of_an_area_is_refused()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:AreaWords", "1"));
        var area = await controller.AddAreaAsync("1");
        await SetAsync(controller, area.Id, "NVH", "nhà văn hóa");
        await SetAsync(controller, area.Id, "NVH", "nhà");
        await SetAsync(controller, null, "NVH", "nhà văn hóa");

        await RefusedAsync(LexiconRefusal.TooManyWords, () => SetAsync(controller, area.Id, "TYT", "trạm"));
    }

    [Fact]
    public async Task Word_beyond_the_most_of_all_areas_is_refused()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:Words", "2"));
        var area = await controller.AddAreaAsync("1");
        await SetAsync(controller, area.Id, "NVH", "nhà văn hóa");
        await SetAsync(controller, null, "NVH", "nhà văn hóa");
        await SetAsync(controller, null, "NVH", "nhà");

        await RefusedAsync(LexiconRefusal.TooManyWordsInAll, () => SetAsync(controller, area.Id, "TYT", "trạm"));
    }

    [Fact]
    public async Task Words_of_places_that_are_not_there_are_refused()
    {
        await using var controller = await TestController.StartAsync();

        await RefusedAsync(AreaRefusal.UnknownArea, () => SetAsync(controller, 9, "NVH", "nhà"));
        await RefusedAsync(
            LexiconRefusal.UnknownWord,
            () => controller.Get<RemoveWord>().HandleAsync(9, TestController.Officer, CancellationToken.None));
    }

    [Fact]
    public async Task Editor_of_one_area_changes_its_words_alone()
    {
        await using var controller = await TestController.StartAsync();
        var (mine, other) = (await controller.AddAreaAsync("1"), await controller.AddAreaAsync("2"));
        var editor = new Actor("editor", "Biên tập");
        await using (var db = await controller.OpenAsync())
        {
            db.Users.Add(new() { Id = "editor", UserName = "editor", DisplayName = "Biên tập" });
            db.Roles.Add(new RoleGrant { PersonId = "editor", Role = Role.Editor, AreaId = mine.Id });
            await db.SaveChangesAsync();
        }

        var word = await SetAsync(controller, other.Id, "NVH", "nhà văn hóa");
        await SetAsync(controller, mine.Id, "NVH", "nhà", editor);

        await RefusedAsync(Refusal.NotAllowed, () => SetAsync(controller, other.Id, "NVH", "nhà", editor));
        await RefusedAsync(Refusal.NotAllowed, () => SetAsync(controller, null, "NVH", "nhà", editor));
        await RefusedAsync(
            Refusal.NotAllowed, () => controller.Get<RemoveWord>().HandleAsync(word.Id, editor, CancellationToken.None));
    }

    [Fact]
    public async Task Bulletin_is_spoken_with_the_words_of_its_area()
    {
        await using var controller = await TestController.StartAsync();
        await SetAsync(controller, null, "NVH", string.Concat(Enumerable.Repeat("nhà văn hóa xã ta ", 10)));

        var plain = await controller.SpeakAsync("Mời bà con đến họp.");
        var own = await controller.SpeakAsync("Mời bà con đến NVH họp.");

        Assert.True(own.Length > plain.Length + TimeSpan.FromSeconds(5), $"{plain.Length} {own.Length}");
    }

    private static Task<LexiconWord> SetAsync(
        TestController controller, long? area, string written, string spoken, Actor? actor = null) =>
        controller.Get<SetWord>().HandleAsync(
            new SetWordRequest(area, written, spoken), actor ?? TestController.Officer, CancellationToken.None);

    private static async Task<string> ReadAsync(TestController controller, string text, long? area) =>
        (await controller.Get<LexiconQuery>().ReadAsync(text, area, CancellationToken.None)).Spoken;

    private static async Task RefusedAsync(string expected, Func<Task> work) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<RefusedException>(work)).Refusal);
}
