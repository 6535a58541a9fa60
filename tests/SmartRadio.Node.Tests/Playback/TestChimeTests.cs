using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Playback;

public class TestChimeTests
{
    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);

    [Fact]
    public void Chime_sounds_at_once_and_is_proved_by_receipts()
    {
        Chime(100).RunFor(3000);

        Assert.Equal(12_000, Assert.Single(_station.Output.Heard).Samples.Count);
        Assert.Equal([ReceiptStep.Started, ReceiptStep.Finished], _station.StepsOf(0).Select(step => step.Step));
        Assert.Equal(12_000, _station.Receipts.Values.Last().Samples);
    }

    [Theory]
    [InlineData(100, 16_000, 16_384)]
    [InlineData(25, 4000, 4096)]
    [InlineData(0, 0, 0)]
    public void Chime_sounds_as_loud_as_asked(int volume, int quietest, int loudest)
    {
        Chime(volume).RunFor(3000);

        Assert.InRange(_station.Output.Heard[0].Samples.Max(sample => (int)sample), quietest, loudest);
    }

    [Fact]
    public void Chime_never_cuts_into_a_broadcast()
    {
        var start = World.Dawn + 60_000;
        _station.Plan(Entry(1, _station.Serve(40_000), start, BroadcastClass.Relay)).RunTo(start + 1000);

        Chime(100).RunFor(10_000);

        Assert.Equal(40_000, Assert.Single(_station.Output.Heard).Samples.Count);
        Assert.Contains((ReceiptStep.Rejected, ReceiptReason.Busy), _station.StepsOf(0));
    }

    [Fact]
    public void Chime_gives_way_to_a_broadcast()
    {
        var start = _station.World.Now + 3500;
        _station.Plan(Entry(1, _station.Serve(8000), start, BroadcastClass.Relay)).RunTo(start - 1600);

        Chime(100).RunFor(5000);

        Assert.Equal([0L, 1L], _station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.Equal(start, _station.Output.Heard[1].Announced);
    }

    private Station Chime(int volume) => _station.Send(CommandType.Chime, new ChimeCommand { Volume = volume }.Write());
}
