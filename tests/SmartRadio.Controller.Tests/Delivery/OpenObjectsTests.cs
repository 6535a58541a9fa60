using SmartRadio.Controller.Delivery.Objects;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Objects;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Tests.Delivery;

public sealed class OpenObjectsTests
{
    [Fact]
    public async Task A_bounded_number_is_open_and_the_dearest_stay()
    {
        await using var controller = await TestController.StartAsync();
        var files = controller.Get<ObjectStorage>();
        var carousels = new OpenObjects(files, controller.Get<DataLedger>());
        var now = controller.Time.GetUtcNow();
        var normal = Enumerable.Range(0, OpenObjects.Most).Select(number => Stored(files, number)).ToList();
        normal.ForEach(id => Assert.True(Open(id, BroadcastClass.Normal)));

        // As dear as all of them: none has to go.
        Assert.False(Open(Stored(files, -1), BroadcastClass.Normal));
        Assert.True(Open(Stored(files, -2), BroadcastClass.Emergency));
        Assert.Equal(OpenObjects.Most, carousels.Wanted.Count());
        Assert.Single(carousels.Wanted, carousel => carousel.Rank == (int)BroadcastClass.Emergency);

        // Nothing dear, but somebody wants it and another is wanted no longer.
        carousels.Find(normal[500])!.Want("node", new ChunkRequest { First = [], Count = [] }, now);
        Assert.True(Open(Stored(files, -3), BroadcastClass.Relay));
        Assert.Null(carousels.Find(normal[500]));

        bool Open(string id, BroadcastClass soundClass)
        {
            if (carousels.Open(id, (int)soundClass, now) is not { } carousel)
            {
                return false;
            }

            carousel.Name("node", (int)soundClass, now);
            carousel.Want("node", new ChunkRequest { First = [0], Count = [9] }, now);
            return true;
        }
    }

    /// <summary>An object of one piece.</summary>
    private static string Stored(ObjectStorage files, int number)
    {
        var sound = BitConverter.GetBytes(number);
        var id = Hex.Encode(ObjectHash.Digest(ObjectHash.Digest(sound)));
        File.WriteAllBytes(files.PathOf(id), sound);
        return id;
    }
}
