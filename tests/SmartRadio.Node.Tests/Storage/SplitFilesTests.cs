using SmartRadio.Node.Objects;
using SmartRadio.Node.Storage;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Tests.Storage;

public class SplitFilesTests
{
    private static readonly string Name = PieceFile.NameOf([.. Enumerable.Range(1, 16).Select(i => (byte)i)]);

    private readonly BenchFiles _medium = new();
    private readonly SplitFiles _files;

    public SplitFilesTests() => _files = new SplitFiles(_medium);

    [Fact]
    public void Object_is_read_as_it_was_written_in_any_order()
    {
        byte[] content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31 >> 3))];
        var places = Enumerable.Range(0, 50).ToArray();
        new Random(5).Shuffle(places);
        foreach (var place in places)
        {
            Assert.True(_files.WriteAt(Name, place * 4000, content[(place * 4000)..((place + 1) * 4000)]));
        }

        var read = new byte[200_000];
        Assert.Equal(200_000, _files.ReadAt(Name, 0, read, read.Length));
        Assert.Equal(content, read);
        Assert.Equal(Name, Assert.Single(_files.List()));
        Assert.All(_medium.Content.Values, part => Assert.InRange(part.Length, 1, SplitFiles.PartLength));
    }

    [Fact]
    public void Object_that_is_deleted_leaves_no_part_behind()
    {
        _files.WriteAt(Name, 0, new byte[200_000]);
        _files.Write("plan.0", [1]);

        _files.Delete(Name);

        Assert.Equal("plan.0", Assert.Single(_medium.Content.Keys));
    }

    [Fact]
    public void Reading_ends_where_nothing_was_written()
    {
        _files.WriteAt(Name, 0, new byte[70_000]);

        Assert.Equal(10_000, _files.ReadAt(Name, 60_000, new byte[20_000], 20_000));
        Assert.Equal(0, _files.ReadAt(Name, 140_000, new byte[10], 10));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Late_chunk_costs_no_more_than_a_part(bool isSplit)
    {
        var wear = new FlashWear();
        var flash = new LittleFs(_medium, wear, _ => { });
        Node.Hardware.IFiles files = isSplit ? new SplitFiles(flash) : flash;
        for (var place = 1; place < 100; place++)
        {
            files.WriteAt(Name, place * 4000, new byte[4000]);
        }

        var before = wear.Longest;
        files.WriteAt(Name, 0, new byte[4000]);

        Assert.InRange(before, 1, 4);
        Assert.InRange(wear.Longest, isSplit ? 10 : 95, isSplit ? 18 : 105);
    }

    [Fact]
    public void Node_fetches_plays_and_forgets_an_object_in_parts()
    {
        var station = new Station { Splits = true }.Boot().Connect().RunFor(5000);
        var sound = station.Serve(400_000);
        var start = World.Dawn + 120_000;
        var random = new Random(3);
        station.ChunkArrives = _ => random.NextDouble() >= 0.2;

        station.Plan(Station.Entry(1, sound, start)).RunTo(start - 30_000).LosePower();
        station.ChunkArrives = _ => true;
        station.Boot().Connect().RunTo(start + 60_000);

        Assert.Equal(sound.Samples, station.Output.Heard[^1].Samples);
        Assert.Equal(7, station.Files.Content.Keys.Count(name => name.StartsWith('o')));
    }
}
