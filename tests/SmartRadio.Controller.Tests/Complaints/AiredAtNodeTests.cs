using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Complaints;
using SmartRadio.Controller.Link;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Tests.Complaints;

/// <summary>Beside a complaint stands what its loudspeaker really played then, by its receipts.</summary>
public sealed class AiredAtNodeTests
{
    [Fact]
    public async Task Complaint_shows_what_its_loudspeaker_played_by_its_receipts()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1", quiet: QuietHours.None);
        var (heard, silent) = (await controller.AddNodeAsync(area), await controller.AddNodeAsync(area, "Loa im"));
        await controller.RunAsync<UplinkRouter>();
        await controller.RunAsync<ReceiptStore>();
        var now = controller.Time.GetUtcNow();
        var broadcast = await AirAsync(controller, area, now.AddMinutes(1));
        await AirAsync(controller, area, now.AddMinutes(45));
        controller.Bus.ArriveFrom(heard, UpType.Receipts, Report(broadcast.Id, now.AddMinutes(1)));
        await controller.Bus.NextCommandAsync(heard, CommandType.ReceiptAck);
        controller.Time.Advance(TimeSpan.FromMinutes(10));

        var played = Assert.Single(await AiredAsync(controller, heard.Node.Id));
        Assert.Equal((broadcast.Id, BroadcastProgress.Heard, 16_000), (played.BroadcastId, played.Progress, played.Samples));
        Assert.Equal(now.AddMinutes(1), played.StartedAt);
        await controller.Get<BroadcastCloser>().CloseAsync(CancellationToken.None);
        var missed = Assert.Single(await AiredAsync(controller, silent.Node.Id));
        Assert.Equal((BroadcastProgress.NotReached, null), (missed.Progress, missed.StartedAt));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-29, true)]
    [InlineData(-31, false)]
    [InlineData(30, true)]
    [InlineData(40, true)]
    [InlineData(42, false)]
    public async Task Sound_counts_that_lies_within_half_an_hour(int minutes, bool isShown)
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1", quiet: QuietHours.None);
        var node = await controller.AddNodeAsync(area);
        var start = controller.Time.GetUtcNow().AddHours(1);
        await AirAsync(controller, area, start, TimeSpan.FromMinutes(10));
        controller.Time.Advance(TimeSpan.FromHours(3));

        var aired = await AiredAsync(controller, node.Node.Id, start.AddMinutes(minutes));

        Assert.Equal(isShown ? 1 : 0, aired.Count);
    }

    private static async Task<Broadcast> AirAsync(
        TestController controller, Area area, DateTimeOffset start, TimeSpan? length = null)
    {
        var bulletin = await controller.AddBulletinAsync(length ?? TimeSpan.FromSeconds(2));
        return await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(bulletin.Id, BroadcastClass.Normal, new Audience([area.Id], []), start, null),
            TestController.Officer, CancellationToken.None);
    }

    private static async Task<IReadOnlyList<AiredAtNode>> AiredAsync(
        TestController controller, string node, DateTimeOffset? heardAt = null)
    {
        var noted = await controller.NoteAsync(
            node, ago: heardAt is { } at ? controller.Time.GetUtcNow() - at : TimeSpan.Zero);
        return await controller.Get<ComplaintQuery>().AiredAsync(noted, CancellationToken.None);
    }

    private static byte[] Report(long broadcast, DateTimeOffset instant) => new ReceiptReport
    {
        Receipts =
        [
            .. new[] { (1, ReceiptStep.Started, 0L), (2, ReceiptStep.Finished, 16_000L) }.Select(each => new Receipt
            {
                Number = each.Item1,
                Broadcast = broadcast,
                Step = each.Item2,
                Instant = instant.ToUnixTimeMilliseconds(),
                Samples = each.Item3,
            }),
        ],
    }.Write();
}
