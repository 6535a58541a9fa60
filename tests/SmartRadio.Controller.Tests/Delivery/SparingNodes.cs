using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Tests.Delivery;

/// <summary>Nodes whose data is counted or spared, and what is aired to them.</summary>
internal static class SparingNodes
{
    public static async Task<EnrolledNode> NodeAsync(TestController controller)
    {
        var area = await controller.AddAreaAsync(Guid.NewGuid().ToString("N")[..8]);
        var node = await controller.AddNodeAsync(area);
        var codecs = (1 << (int)CodecId.ULaw8) | (1 << (int)CodecId.Ima8);
        controller.Get<NodeStatusCache>()
            .Heard(node.Node.Id, new Hello { Firmware = "1", Hardware = "v", Codecs = codecs }, controller.Time.GetUtcNow());
        controller.Get<NodeStatusCache>().Present(node.Node.Id, false, controller.Time.GetUtcNow());
        return node;
    }

    public static Task SetAsync(TestController controller, EnrolledNode node, bool lowData, int? megabytes) =>
        controller.Get<SetDataUse>()
            .HandleAsync(new SetDataUseRequest(node.Node.Id, lowData, megabytes), TestController.Officer, CancellationToken.None);

    /// <summary>Airs a new bulletin that there is as µ-law and, half as large, as IMA ADPCM.</summary>
    public static async Task<Broadcast> AirAsync(
        TestController controller, EnrolledNode node, TimeSpan later, BroadcastClass airClass = BroadcastClass.Normal,
        EnrolledNode[]? others = null)
    {
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(20));
        await using (var db = await controller.OpenAsync())
        {
            var small = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
            db.Objects.Add(
                new SoundObject
                {
                    Id = small,
                    BulletinId = bulletin.Id,
                    Codec = CodecId.Ima8,
                    Bytes = 80_000,
                    Samples = 160_000
                });
            await db.SaveChangesAsync();
        }

        var audience = new Audience([], [node.Node.Id, .. (others ?? []).Select(other => other.Node.Id)]);
        return await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(bulletin.Id, airClass, audience, controller.Time.GetUtcNow() + later, null),
            TestController.Officer, CancellationToken.None);
    }
}
