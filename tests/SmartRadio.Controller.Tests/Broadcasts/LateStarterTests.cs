using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Broadcasts;

public sealed class LateStarterTests
{
    [Fact]
    public async Task Node_that_began_late_is_on_air_after_the_planned_end()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        await controller.AddNodeAsync(area, "Đúng giờ");
        await controller.AddNodeAsync(area, "Muộn");
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(2));
        var broadcast = await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(
                bulletin.Id, BroadcastClass.Normal, new Audience([area.Id], []),
                controller.Time.GetUtcNow().AddMinutes(10), null),
            TestController.Officer, CancellationToken.None);
        controller.Time.Advance(TimeSpan.FromMinutes(14));
        await using (var db = await controller.OpenAsync())
        {
            var targets = await db.Targets.OrderBy(target => target.NodeId).ToListAsync();
            targets[0].State = TargetState.Played;
            targets[1].State = TargetState.Playing;
            targets[1].StartedAt = controller.Time.GetUtcNow();
            await db.SaveChangesAsync();
        }

        var query = controller.Get<BroadcastQuery>();
        var (rows, total) = await query.OnAirAsync(AreaScope.Everywhere, 9, CancellationToken.None);

        Assert.Equal((broadcast.Id, 1), (Assert.Single(rows).Id, total));
        Assert.Equal((BroadcastProgress.Sounding, 1), (rows[0].Progress, rows[0].Nodes[BroadcastProgress.Sounding]));
        Assert.Equal([area.Id], await query.OnAirAreasAsync(AreaScope.Everywhere, CancellationToken.None));
    }
}
