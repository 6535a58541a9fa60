using SmartRadio.Node.Storage;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Storage;

public class PlayJournalTests
{
    private readonly PlayJournal _journal = new(new TwoSlotFile(new BenchFiles(), "book", new byte[32]));

    [Fact]
    public void Of_too_many_records_those_that_can_start_no_more_go_first()
    {
        for (var broadcast = 1; broadcast <= PlayJournal.Capacity + 50; broadcast++)
        {
            _journal.Begin(broadcast, World.Dawn + (broadcast * 1000), BroadcastState.Done);
        }

        Prune(World.Dawn);

        Assert.Equal(
            Enumerable.Range(51, PlayJournal.Capacity).Select(broadcast => (long)broadcast),
            Enumerable.Range(0, _journal.Count).Select(index => _journal.At(index).Broadcast));
    }

    [Fact]
    public void What_the_plan_names_or_was_on_air_stays_however_old()
    {
        _journal.Begin(1, World.Dawn, BroadcastState.Received);
        _journal.Begin(2, World.Dawn, BroadcastState.OnAir);
        for (var broadcast = 3; broadcast <= PlayJournal.Capacity + 50; broadcast++)
        {
            _journal.Begin(broadcast, World.Dawn + (broadcast * 1000), BroadcastState.Done);
        }

        Prune(World.Dawn, 1);

        Assert.Equal(PlayJournal.Capacity, _journal.Count);
        Assert.NotNull(_journal.Find(1));
        Assert.NotNull(_journal.Find(2));
        Assert.Null(_journal.Find(3));
        Assert.NotNull(_journal.Find(PlayJournal.Capacity + 50));
    }

    [Fact]
    public void Records_go_two_days_after_their_latest_start()
    {
        _journal.Begin(1, World.Dawn, BroadcastState.Done);
        _journal.Begin(2, World.Dawn + 60_000, BroadcastState.Done);

        Prune(World.Dawn + (2 * 24 * 3600_000L) + 1);

        Assert.Null(_journal.Find(1));
        Assert.NotNull(_journal.Find(2));
    }

    private void Prune(long now, params long[] planned)
    {
        var places = new NumberIndex(planned.Length);
        for (var i = 0; i < planned.Length; i++)
        {
            places.Put(planned[i], i);
        }

        _journal.Match(places, planned.Length);
        while (_journal.Prune(now))
        {
        }
    }
}
