using SmartRadio.Node.Hardware;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Objects;

public class ObjectFetchTests
{
    private const long Start = World.Dawn + 600_000;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;

    public ObjectFetchTests() => _sound = _station.Serve(400_000);

    [Fact]
    public void Object_is_asked_for_once_and_no_longer_listened_to_when_it_is_there()
    {
        _station.Plan(Entry(1, _sound, Start)).RunFor(20_000);

        var request = Assert.Single(_station.Requests);
        Assert.Equal((0, _sound.Layout.Chunks), (request.First[0], request.Count[0]));
        Assert.DoesNotContain(_sound.Topic, _station.Link.Filters);
        Assert.Contains((ReceiptStep.Verified, ReceiptReason.None), _station.StepsOf(1));
    }

    [Fact]
    public void Object_is_fetched_again_when_playing_shows_that_some_of_it_is_lost()
    {
        _station.Plan(Entry(1, _sound, Start), Entry(2, _sound, Start + 300_000)).RunFor(20_000);
        _station.Files.Content["o" + Hex.Encode(_sound.Id)][200_000] ^= 1;

        _station.RunTo(Start + 400_000);

        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.NoSound), _station.StepsOf(1).Last());
        Assert.Equal(_sound.Samples, _station.Output.Heard[1].Samples);
        Assert.Equal(1, _station.Requests.Last().Count.Sum());
    }

    [Fact]
    public void Object_is_not_asked_for_while_it_comes_anyway()
    {
        _station.Plan(Entry(1, _sound, Start)).RunFor(10);
        for (var index = 0; index < _sound.Layout.Chunks; index++)
        {
            _station.Node.Received(_sound.Topic, _sound.Chunk(index));
            _station.RunFor(200);
        }

        _station.RunFor(Intervals.Spread);
        Assert.Empty(_station.Requests);
        Assert.Contains((ReceiptStep.Verified, ReceiptReason.None), _station.StepsOf(1));
    }

    [Theory]
    [InlineData(0.05, 4)]
    [InlineData(0.2, 6)]
    [InlineData(0.6, 20)]
    public void Object_is_whole_in_the_end_however_many_chunks_are_lost(double loss, int mostRequests)
    {
        var random = new Random(3);
        _station.ChunkArrives = _ => random.NextDouble() >= loss;

        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 60_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
        Assert.InRange(_station.Requests.Count, 2, mostRequests);
        // Only what is missing is asked for again.
        Assert.All(_station.Requests.Skip(1), request => Assert.True(request.Count.Sum() < _sound.Layout.Chunks));
    }

    [Fact]
    public void Object_is_asked_for_ever_less_often_while_nobody_answers()
    {
        _station.ChunkArrives = _ => false;

        _station.Plan(Entry(1, _sound, Start)).RunTo(Start);

        Assert.InRange(_station.Requests.Count, 8, 16);
    }

    [Fact]
    public void Object_takes_no_forged_piece()
    {
        _station.ChunkArrives = index => index == 0;
        _station.Plan(Entry(1, _sound, Start)).RunFor(8000);
        var rejected = _station.Beats.Last().Rejected;

        for (var index = 1; index < _sound.Layout.Chunks; index++)
        {
            var forged = _sound.Chunk(index);
            forged[^1] ^= 1;
            _station.Node.Received(_sound.Topic, forged);
        }

        Assert.Equal(rejected + _sound.Layout.Pieces, _station.RunFor(40_000).Beats.Last().Rejected);
        _station.ChunkArrives = _ => true;
        Assert.Equal(_sound.Samples, Assert.Single(_station.RunTo(Start + 60_000).Output.Heard).Samples);
    }

    [Fact]
    public void Object_throws_out_forged_pieces_that_came_before_the_manifest()
    {
        _station.ChunkArrives = _ => false;
        _station.Plan(Entry(1, _sound, Start)).RunFor(100);
        for (var index = 1; index < _sound.Layout.Chunks; index++)
        {
            var chunk = _sound.Chunk(index);
            chunk[^1] ^= (byte)(index % 2);
            _station.Node.Received(_sound.Topic, chunk);
        }

        _station.ChunkArrives = _ => true;
        _station.RunTo(Start + 60_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Object_recovers_from_a_forged_manifest()
    {
        _station.Plan(Entry(1, _sound, Start)).RunFor(10);
        var forged = _sound.Chunk(0);
        forged[^1] ^= 1;
        _station.Node.Received(_sound.Topic, forged);

        Assert.Equal(_sound.Samples, Assert.Single(_station.RunTo(Start + 60_000).Output.Heard).Samples);
    }

    [Fact]
    public void Object_survives_a_power_cut_half_way()
    {
        var left = 60;
        _station.ChunkArrives = _ => left-- > 0;
        _station.Plan(Entry(1, _sound, Start)).RunFor(10_000).LosePower();
        left = int.MaxValue;

        _station.Boot().Connect().RunTo(Start + 60_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
        Assert.Equal(_sound.Layout.Chunks - 60, _station.Requests[^1].Count.Sum());
    }

    [Fact]
    public void Object_is_checked_again_after_a_power_cut_and_mended()
    {
        _station.Plan(Entry(1, _sound, Start)).RunFor(20_000).LosePower();
        _station.Files.Content["o" + Hex.Encode(_sound.Id)][_sound.Layout.ManifestLength + 9999] ^= 1;

        _station.Boot().Connect().RunTo(Start + 60_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
        Assert.Equal(1, _station.Requests[^1].Count.Sum());
    }

    [Fact]
    public void Object_spoilt_while_it_plays_gives_silence_and_never_noise()
    {
        _station.Plan(Entry(1, _sound, Start)).RunFor(20_000);
        _station.Files.Content["o" + Hex.Encode(_sound.Id)][_sound.Layout.ManifestLength + 9999] ^= 1;

        _station.RunTo(Start + 60_000);

        Assert.Equal(_sound.Samples.Take(8000), Assert.Single(_station.Output.Heard).Samples);
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.NoSound), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Object_needed_sooner_comes_sooner()
    {
        var sooner = _station.Serve(40_000);
        _station.ChunkArrives = _ => false;
        var later = Enumerable.Range(0, 6).Select(i => Entry(10 + i, _station.Serve(40_000 + i), Start + 600_000)).ToArray();

        _station.Plan([.. later, Entry(1, sooner, Start)]).RunFor(10_000);

        Assert.Contains(sooner.Topic, _station.Link.Filters);
        Assert.Equal(4, _station.Link.Filters.Count(filter => filter.StartsWith(Topics.Root + "o/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Object_used_by_two_broadcasts_is_fetched_once_and_told_for_both()
    {
        _station.Plan(Entry(1, _sound, Start), Entry(2, _sound, Start + 100_000)).RunFor(20_000);

        Assert.Single(_station.Requests);
        Assert.Contains((ReceiptStep.Verified, ReceiptReason.None), _station.StepsOf(2));
    }

    [Fact]
    public void Object_already_there_is_not_fetched_again_by_a_later_plan()
    {
        _station.Plan(Entry(1, _sound, Start)).RunFor(20_000).Plan().RunFor(1000);

        _station.Plan(Entry(2, _sound, Start)).RunFor(20_000);

        Assert.Single(_station.Requests);
        Assert.Contains((ReceiptStep.Verified, ReceiptReason.None), _station.StepsOf(2));
    }
}
