using System.Text;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;

namespace SmartRadio.Controller.Tests.Areas;

public sealed class AreaTests
{
    [Fact]
    public async Task An_area_is_found_under_its_parent()
    {
        await using var controller = await TestController.StartAsync();

        var province = await AddAsync(controller, new AddAreaRequest(null, "48", "Đà Nẵng", "Tỉnh"));
        var commune = await AddAsync(controller, new AddAreaRequest(province.Id, "20194", "Hòa Vang", "Xã"));

        var tree = await controller.Get<AreaQuery>().LoadAsync(CancellationToken.None);
        Assert.Equal(province.Id, Assert.Single(tree.Roots).Id);
        Assert.Equal(commune.Id, Assert.Single(tree.Children(province.Id)).Id);
        Assert.Equal(["Đà Nẵng", "Hòa Vang"], tree.PathOf(commune.Id).Select(area => area.Name));
        Assert.Equal(new DateOnly(2026, 11, 20), commune.ValidFrom);
    }

    [Fact]
    public async Task A_name_is_stored_composed_however_it_was_typed()
    {
        await using var controller = await TestController.StartAsync();

        var area = await AddAsync(
            controller, new AddAreaRequest(null, "1", "  " + "Đà Nẵng".Normalize(NormalizationForm.FormD) + " ", "Xã"));

        Assert.Equal("Đà Nẵng".Normalize(NormalizationForm.FormC), area.Name);
    }

    [Theory]
    [InlineData("1", "", "Xã", Refusal.NameMissing)]
    [InlineData("1", " \t ", "Xã", Refusal.NameMissing)]
    [InlineData("1", "Hòa\nVang", "Xã", Refusal.ControlCharacters)]
    [InlineData("1", "Hòa\u202eVang", "Xã", Refusal.ControlCharacters)]
    [InlineData("1", "\u200d", "Xã", Refusal.NameMissing)]
    [InlineData("1", "Hòa Vang", "", Refusal.NameMissing)]
    [InlineData("", "Hòa Vang", "Xã", Refusal.Malformed)]
    [InlineData("1 2", "Hòa Vang", "Xã", Refusal.Malformed)]
    [InlineData("1\n", "Hòa Vang", "Xã", Refusal.Malformed)]
    public async Task Unreadable_area_is_refused(string code, string name, string level, string expected)
    {
        await using var controller = await TestController.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => AddAsync(controller, new AddAreaRequest(null, code, name, level)));

        Assert.Equal(expected, refused.Refusal);
        await using var db = await controller.OpenAsync();
        Assert.Equal((0, 0), (await db.Areas.CountAsync(), await db.Audit.CountAsync()));
    }

    [Fact]
    public async Task Half_a_character_is_refused()
    {
        await using var controller = await TestController.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => AddAsync(controller, new AddAreaRequest(null, "1", "Hòa" + '\ud800' + "Vang", "Xã")));

        Assert.Equal(Refusal.ControlCharacters, refused.Refusal);
    }

    [Fact]
    public async Task A_name_may_have_200_characters_and_no_more()
    {
        await using var controller = await TestController.StartAsync();
        await AddAsync(controller, new AddAreaRequest(null, "1", new string('ă', 200), "Xã"));

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => AddAsync(controller, new AddAreaRequest(null, "2", new string('ă', 201), "Xã")));

        Assert.Equal((Refusal.NameTooLong, 200), (refused.Refusal, refused.Values[0]));
    }

    [Fact]
    public async Task A_code_in_use_and_an_unknown_parent_are_refused()
    {
        await using var controller = await TestController.StartAsync();
        await AddAsync(controller, new AddAreaRequest(null, "1", "Một", "Xã"));

        var taken = await Assert.ThrowsAsync<RefusedException>(
            () => AddAsync(controller, new AddAreaRequest(null, "1", "Hai", "Xã")));
        var unknown = await Assert.ThrowsAsync<RefusedException>(
            () => AddAsync(controller, new AddAreaRequest(99, "2", "Hai", "Thôn")));

        Assert.Equal((AreaRefusal.AreaCodeTaken, AreaRefusal.UnknownArea), (taken.Refusal, unknown.Refusal));
    }

    [Fact]
    public async Task A_former_units_code_may_be_used_again()
    {
        await using var controller = await TestController.StartAsync();
        var former = await AddAsync(controller, new AddAreaRequest(null, "1", "Một", "Xã"));
        await using var db = await controller.OpenAsync();
        await db.Areas.ExecuteUpdateAsync(set => set
            .SetProperty(area => area.ValidFrom, new DateOnly(2025, 7, 1))
            .SetProperty(area => area.ValidTo, new DateOnly(2026, 4, 30)));

        var successor = await AddAsync(controller, new AddAreaRequest(null, "1", "Một mới", "Xã"));

        Assert.NotEqual(former.Id, successor.Id);
    }

    [Fact]
    public async Task Rules_are_those_of_the_nearest_area_that_sets_any()
    {
        await using var controller = await TestController.StartAsync();
        var province = await controller.AddAreaAsync("1");
        var commune = await controller.AddAreaAsync("2", province);
        var hamlet = await controller.AddAreaAsync("3", commune);
        await SetAsync(controller, new SetAreaRulesRequest(province.Id, QuietHours.Parse("21:00-05:00"), 45));
        await SetAsync(controller, new SetAreaRulesRequest(commune.Id, QuietHours.None, null));

        var tree = await controller.Get<AreaQuery>().LoadAsync(CancellationToken.None);

        Assert.Equal(QuietHours.None, tree.QuietHoursOf(hamlet.Id));
        Assert.Equal(45, tree.MinutesPerDayOf(hamlet.Id));
        Assert.Equal(QuietHours.Parse("21:00-05:00"), tree.QuietHoursOf(province.Id));
    }

    [Fact]
    public async Task Where_nothing_is_set_nights_are_quiet_and_minutes_without_limit()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");

        var tree = await controller.Get<AreaQuery>().LoadAsync(CancellationToken.None);

        Assert.Equal((QuietHours.Default, null), (tree.QuietHoursOf(area.Id), tree.MinutesPerDayOf(area.Id)));
    }

    [Fact]
    public async Task Languages_are_those_of_the_nearest_area_that_sets_any()
    {
        await using var controller = await TestController.StartAsync();
        var commune = await controller.AddAreaAsync("2");
        var hamlet = await controller.AddAreaAsync("3", commune);
        await SetAsync(controller, new SetAreaRulesRequest(commune.Id, null, null) { Languages = [" Cơ Tu", "Tiếng Việt"] });

        var tree = await controller.Get<AreaQuery>().LoadAsync(CancellationToken.None);

        Assert.Equal(["Cơ Tu", "Tiếng Việt"], tree.LanguagesOf(hamlet.Id).Names);
        Assert.Equal(["Tiếng Việt"], tree.LanguagesOf(null).Names);
        await SetAsync(controller, new SetAreaRulesRequest(commune.Id, null, null));
        tree = await controller.Get<AreaQuery>().LoadAsync(CancellationToken.None);
        Assert.Equal(["Tiếng Việt"], tree.LanguagesOf(hamlet.Id).Names);
    }

    [Theory]
    [InlineData("", AreaRefusal.TooManyLanguages)]
    [InlineData("1,2,3,4,5,6,7,8,9,10,11", AreaRefusal.TooManyLanguages)]
    [InlineData("Cơ Tu,Tiếng Việt,cơ tu", AreaRefusal.LanguageTwice)]
    [InlineData("Cơ Tu, ", Refusal.NameMissing)]
    [InlineData("Cơ\nTu", Refusal.ControlCharacters)]
    public async Task Order_of_languages_that_is_none_is_refused(string names, string refusal)
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => SetAsync(
            controller, new SetAreaRulesRequest(area.Id, null, null) { Languages = names.Length == 0 ? [] : names.Split(',') }));

        Assert.Equal(refusal, refused.Refusal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1441)]
    public async Task A_day_has_1_to_1440_minutes(int minutes)
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => SetAsync(controller, new SetAreaRulesRequest(area.Id, null, minutes)));

        Assert.Equal(Refusal.Malformed, refused.Refusal);
    }

    [Fact]
    public async Task All_below_an_area_belongs_to_it()
    {
        await using var controller = await TestController.StartAsync();
        var province = await controller.AddAreaAsync("1");
        var commune = await controller.AddAreaAsync("2", province);
        var hamlet = await controller.AddAreaAsync("3", commune);
        await controller.AddAreaAsync("4");

        var tree = await controller.Get<AreaQuery>().LoadAsync(CancellationToken.None);

        Assert.Equal([province.Id, commune.Id, hamlet.Id], tree.WithDescendants([province.Id, 99]).Order());
    }

    private static Task<Area> AddAsync(TestController controller, AddAreaRequest request) =>
        controller.Get<AddArea>().HandleAsync(request, TestController.Officer, CancellationToken.None);

    private static Task SetAsync(TestController controller, SetAreaRulesRequest request) =>
        controller.Get<SetAreaRules>().HandleAsync(request, TestController.Officer, CancellationToken.None);
}
