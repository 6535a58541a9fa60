using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Complaints;
using SmartRadio.Controller.Nodes;
using static SmartRadio.Controller.Tests.Complaints.ComplaintBench;

namespace SmartRadio.Controller.Tests.Complaints;

/// <summary>Loudspeakers as an officer looks for the one of which somebody complains.</summary>
public sealed class PoleQueryTests
{
    [Fact]
    public async Task List_goes_on_after_a_loudspeaker_that_somebody_knows()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var (first, second) = (await controller.PoleAsync(area, "A"), await controller.PoleAsync(area, "B"));
        var (third, fourth) = (await controller.PoleAsync(area, "C"), await controller.PoleAsync(area, "D"));
        await controller.Get<RevokeNode>().HandleAsync(second, TestController.Officer, CancellationToken.None);

        Assert.Equal($"{first} {third} and 1", await ListAsync(controller, new PoleFilter(After: string.Empty), take: 2));
        Assert.Equal($"{third} and 1", await ListAsync(controller, new PoleFilter(After: second), take: 1));
        Assert.Equal($"{fourth} and 0", await ListAsync(controller, new PoleFilter(After: third), take: 1));
        await RefusedAsync(Refusal.Malformed, () => ListAsync(controller, new PoleFilter(After: "nobody"), take: 1));
    }

    [Fact]
    public async Task Loudspeaker_is_found_by_its_name_and_its_area_with_its_level()
    {
        await using var controller = await TestController.StartAsync();
        var (upper, lower) = (await controller.AddAreaAsync("1"), await controller.AddAreaAsync("2"));
        await using (var db = await controller.OpenAsync())
        {
            await db.Areas.Where(area => area.Id == lower.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(area => area.Level, "Thôn").SetProperty(area => area.Name, "Hạ"));
        }

        var (near, far) = (await controller.PoleAsync(upper, "Đầu làng"), await controller.PoleAsync(lower, "Đầu làng"));

        Assert.Equal($"{far} and 0", await ListAsync(controller, new PoleFilter(Words: "thon HA dau")));
        Assert.Equal($"{near} and 0", await ListAsync(controller, new PoleFilter(Words: "làng xã")));
        Assert.Equal($"{near} and 0", await ListAsync(controller, new PoleFilter([upper.Id])));
        var pole = await controller.Get<PoleQuery>().GetAsync(far, AreaScope.Everywhere, CancellationToken.None);
        Assert.Equal(("Đầu làng", "Thôn Hạ", null), (pole!.Name, pole.AreaName, pole.Token));
        var token = (await controller.Get<RenewComplaintAddress>()
            .HandleAsync(far, TestController.Officer, CancellationToken.None)).Token;
        var scope = AreaScope.Of(new HashSet<long> { lower.Id });
        var (rows, _) = await controller.Get<PoleQuery>().ListAsync(scope, new PoleFilter(), 10, CancellationToken.None);
        Assert.Equal((far, token), (Assert.Single(rows).NodeId, rows[0].Token));
        Assert.Null(await controller.Get<PoleQuery>().GetAsync(near, scope, CancellationToken.None));
    }

    private static async Task<string> ListAsync(TestController controller, PoleFilter filter, int take = 10)
    {
        var (rows, left) = await controller.Get<PoleQuery>()
            .ListAsync(AreaScope.Everywhere, filter, take, CancellationToken.None);
        return $"{string.Join(' ', rows.Select(row => row.NodeId))} and {left}";
    }
}
