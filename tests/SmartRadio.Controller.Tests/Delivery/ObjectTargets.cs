using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Nodes;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Tests.Delivery;

/// <summary>Sounds, nodes that are to play them, and what these ask for.</summary>
internal static class ObjectTargets
{
    public static async Task<SoundObject> SoundAsync(TestController controller, TimeSpan length)
    {
        var bulletin = await controller.AddBulletinAsync(length);
        await using var db = await controller.OpenAsync();
        return await db.Objects.SingleAsync(sound => sound.BulletinId == bulletin.Id);
    }

    /// <summary>Has nodes play a sound in an hour; they are made where there are none of that id.</summary>
    public static async Task<long> PlanAsync(
        TestController controller, SoundObject sound, BroadcastClass soundClass, params IEnumerable<string> nodes)
    {
        await using var db = await controller.OpenAsync();
        var area = (await db.Areas.FirstOrDefaultAsync() ?? await controller.AddAreaAsync("1")).Id;
        var present = await db.Nodes.Select(node => node.Id).ToListAsync();
        var start = controller.Time.GetUtcNow().AddHours(1);
        db.Nodes.AddRange(
            nodes.Except(present).Select(id => new Node { Id = id, Name = id, AreaId = area, CreatedAt = start }));
        var broadcast = new Broadcast
        {
            BulletinId = sound.BulletinId,
            Class = soundClass,
            Start = start,
            LatestStart = start.AddMinutes(5),
            Audience = new Audience([area], []),
        };
        foreach (var id in nodes)
        {
            broadcast.Targets.Add(new Target { NodeId = id, AreaId = area, ObjectId = sound.Id });
        }

        db.Broadcasts.Add(broadcast);
        await db.SaveChangesAsync();
        return broadcast.Id;
    }

    public static ChunkRequest Request(SoundObject sound, params (int First, int Count)[] ranges) => new()
    {
        ObjectId = Convert.FromHexString(sound.Id),
        First = [.. ranges.Select(range => range.First)],
        Count = [.. ranges.Select(range => range.Count)],
    };

    public static ChunkRequest Everything(SoundObject sound) => Request(sound, (0, ushort.MaxValue));
}
