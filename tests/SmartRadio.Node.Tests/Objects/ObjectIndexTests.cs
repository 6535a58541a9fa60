using SmartRadio.Node.Objects;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Objects;

public class ObjectIndexTests
{
    private const long Start = World.Dawn + 600_000;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);

    [Fact]
    public void Full_storage_lets_the_longest_unneeded_objects_go_first()
    {
        _station.Files.TotalBytes = 500_000;
        var sounds = Enumerable.Range(0, 4).Select(_ => _station.Serve(100_000)).ToArray();
        for (var i = 0; i < sounds.Length; i++)
        {
            _station.Plan(Entry(i + 1, sounds[i], Start + (i * 1000))).RunFor(10_000);
        }

        Assert.Equal(
            [false, true, true, true], sounds.Select(sound => _station.Files.Content.ContainsKey("o" + Hex.Encode(sound.Id))));
    }

    [Fact]
    public void Full_storage_never_lets_go_of_what_the_plan_needs()
    {
        _station.Files.TotalBytes = 400_000;
        var first = _station.Serve(200_000);
        var second = _station.Serve(200_000);

        _station.Plan(Entry(1, first, Start), Entry(2, second, Start + 60_000)).RunTo(Start + 200_000);

        Assert.Equal(first.Samples, Assert.Single(_station.Output.Heard).Samples);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.StorageFull), _station.StepsOf(2).Last());
    }

    [Fact]
    public void Full_storage_gives_up_what_is_due_in_days_for_what_is_due_sooner()
    {
        const long Day = 24 * 3600_000;
        _station.Files.TotalBytes = 400_000;
        var later = _station.Serve(200_000);
        var sooner = _station.Serve(200_000);
        var far = Entry(1, later, Start + (3 * Day));
        _station.Plan(far).RunFor(20_000);
        Assert.True(IsThere(later));

        _station.Plan(far, Entry(2, sooner, Start + Day)).RunFor(20_000);
        Assert.Equal((false, true), (IsThere(later), IsThere(sooner)));

        _station.RunTo(Start + Day + 120_000).Plan(far).RunFor(120_000);
        Assert.True(IsThere(later));
    }

    [Fact]
    public void Full_storage_gives_up_nothing_that_is_due_within_a_day()
    {
        _station.Files.TotalBytes = 400_000;
        var later = _station.Serve(200_000);
        var entry = Entry(1, later, Start + (23 * 3600_000));
        _station.Plan(entry).RunFor(20_000);

        _station.Plan(entry, Entry(2, _station.Serve(200_000), Start)).RunFor(20_000);

        Assert.True(IsThere(later));
    }

    [Fact]
    public void Full_storage_gives_up_what_is_due_soon_for_an_emergency()
    {
        _station.Files.TotalBytes = 400_000;
        var soon = _station.Serve(200_000);
        var urgent = _station.Serve(200_000);
        _station.Plan(Entry(1, soon, Start)).RunFor(20_000);
        Assert.True(IsThere(soon));

        _station.Plan(Entry(1, soon, Start), Entry(2, urgent, Start + 120_000, BroadcastClass.Emergency)).RunTo(Start + 200_000);

        Assert.Equal(urgent.Samples, Assert.Single(_station.Output.Heard).Samples);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.StorageFull), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Full_storage_gives_up_nothing_that_sounds_or_is_about_to()
    {
        _station.Files.TotalBytes = 400_000;
        var sounding = _station.Serve(200_000);
        var entry = Entry(1, sounding, Start);
        _station.Plan(entry).RunTo(Start - 5000);

        _station.Plan(entry, Entry(2, _station.Serve(200_000), Start + 600_000, BroadcastClass.Emergency)).RunTo(Start + 60_000);

        Assert.Equal(sounding.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Full_storage_gives_up_no_emergency_for_what_is_due_sooner()
    {
        _station.Files.TotalBytes = 400_000;
        var urgent = _station.Serve(200_000);
        var entry = Entry(1, urgent, Start + (3 * 24 * 3600_000L), BroadcastClass.Emergency);
        _station.Plan(entry).RunFor(20_000);

        _station.Plan(Entry(2, _station.Serve(200_000), Start), entry).RunFor(20_000);

        Assert.True(IsThere(urgent));
    }

    [Fact]
    public void An_emergency_is_fetched_before_all_that_starts_sooner()
    {
        // Nothing arrives: of what is asked for, nothing is ever done with.
        _station.ChunkArrives = _ => false;
        var urgent = _station.Serve(8000);
        var waiting = Enumerable.Range(0, 8).Select(i => Entry(i + 1, _station.Serve(8000), Start + (i * 1000)));

        _station.Plan([.. waiting, Entry(9, urgent, Start + 600_000, BroadcastClass.Emergency)]).RunFor(60_000);

        Assert.Contains(_station.Requests, request => request.ObjectId.SequenceEqual(urgent.Id));
    }

    [Fact]
    public void Full_storage_still_takes_plans_and_keeps_receipts()
    {
        _station.Files.TotalBytes = ObjectIndex.Reserve;
        _station.Plan(Entry(1, _station.Serve(200_000), Start)).RunFor(10_000).LosePower().Boot().Connect().RunTo(Start + 70_000);

        Assert.Equal((ReceiptStep.Missed, ReceiptReason.StorageFull), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Full_storage_is_rid_of_objects_that_nobody_knows()
    {
        _station.LosePower();
        var stranger = "o" + new string('a', 32);
        _station.Files.Content[stranger] = [1, 2, 3];

        _station.Boot();

        Assert.DoesNotContain(stranger, _station.Files.Content.Keys);
    }

    [Fact]
    public void Objects_are_known_after_a_power_cut_and_go_in_their_order()
    {
        _station.Files.TotalBytes = 500_000;
        var sounds = Enumerable.Range(0, 5).Select(_ => _station.Serve(100_000)).ToArray();
        for (var i = 0; i < 4; i++)
        {
            _station.Plan(Entry(i + 1, sounds[i], Start + (i * 1000))).RunFor(10_000);
        }

        _station.LosePower().Boot();
        Assert.Equal([false, true, true, true, false], sounds.Select(IsThere));

        _station.Connect().RunFor(5000).Plan(Entry(5, sounds[4], Start + 10_000)).RunFor(10_000);
        Assert.Equal([false, false, true, true, true], sounds.Select(IsThere));
    }

    [Fact]
    public void Objects_of_many_plans_are_known_after_a_power_cut()
    {
        var sounds = Enumerable.Range(0, 150).Select(_ => _station.Serve(80)).ToArray();
        foreach (var part in sounds.Chunk(50))
        {
            _station.Plan([.. part.Select((sound, i) => Entry(i + 1, sound, Start))]).RunFor(120_000);
        }

        Assert.All(sounds, sound => Assert.True(IsThere(sound)));

        _station.LosePower().Boot();

        Assert.All(sounds, sound => Assert.True(IsThere(sound)));
    }

    private bool IsThere(BenchSound sound) =>
        _station.Files.Content.TryGetValue("o" + Hex.Encode(sound.Id), out var stored)
            && stored.AsSpan().SequenceEqual(sound.Stored);
}
