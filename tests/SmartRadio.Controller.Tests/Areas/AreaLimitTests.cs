using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Tests.Areas;

/// <summary>How deep and how large the area tree may become, and trees that were made before there was a limit.</summary>
public sealed class AreaLimitTests
{
    private const int Deep = 3000;

    [Fact]
    public async Task Area_below_the_last_level_is_refused()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:AreaDepth", "2"));
        var root = await AddAsync(controller, null, "1");
        var below = await AddAsync(controller, root.Id, "2");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => AddAsync(controller, below.Id, "3"));

        Assert.Equal((AreaRefusal.AreasTooDeep, 2), (refused.Refusal, refused.Values[0]));
    }

    [Fact]
    public async Task Area_beyond_the_most_is_refused()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:Areas", "1"));
        await AddAsync(controller, null, "1");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => AddAsync(controller, null, "2"));

        Assert.Equal((AreaRefusal.TooManyAreas, 1), (refused.Refusal, refused.Values[0]));
        await using var db = await controller.OpenAsync();
        Assert.Equal(1, await db.Areas.CountAsync());
    }

    [Fact]
    public void Walk_lists_each_area_before_those_below_it_with_its_level()
    {
        var tree = new AreaTree([Of(1, null, "B"), Of(2, 1, "B2"), Of(3, 1, "B1"), Of(4, 3, "B11"), Of(5, null, "A")]);

        Assert.Equal([(5, 0), (1, 0), (3, 1), (4, 2), (2, 1)], tree.Walk().Select(each => ((int)each.Area.Id, each.Level)));
        Assert.Equal([(3, 0), (4, 1)], tree.Walk(3).Select(each => ((int)each.Area.Id, each.Level)));
        Assert.Empty(tree.Walk(99));
    }

    [Fact]
    public void Tree_of_thousands_of_levels_is_walked_and_inherits()
    {
        var areas = Enumerable.Range(1, Deep).Select(id => Of(id, id == 1 ? null : id - 1, $"{id}")).ToList();
        areas[0].MinutesPerDay = 7;
        var whole = new AreaTree(areas);
        var part = whole.Within(AreaScope.Of(new HashSet<long> { Deep - 1, Deep }));

        Assert.Equal(Deep, whole.Walk().Count());
        Assert.Equal((Deep - 1, Deep - 1), (whole.Walk().Last().Level, part.PathOf(Deep).Count - 1));
        Assert.Equal(1, part.PathOf(Deep)[0].Id);
        Assert.Equal((7, 7), (whole.MinutesPerDayOf(Deep), part.MinutesPerDayOf(Deep)));
    }

    private static Area Of(long id, long? parent, string code) =>
        new() { Id = id, ParentId = parent, Code = code, Name = code, Level = "Thôn" };

    private static Task<Area> AddAsync(TestController controller, long? parent, string code) =>
        controller.Get<AddArea>().HandleAsync(
            new AddAreaRequest(parent, code, "Xã " + code, "Xã"), TestController.Officer, CancellationToken.None);
}
