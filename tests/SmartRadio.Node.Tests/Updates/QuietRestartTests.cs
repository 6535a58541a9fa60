using SmartRadio.Node.Tests.Bench;
using SmartRadio.Node.Updates;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Updates;

public class QuietRestartTests
{
    private const long Start = World.Dawn + 600_000;

    private readonly Station _station = new Station { HasLoader = true }.Boot().Connect().RunFor(5000);

    [Fact]
    public void Node_restarts_after_50_failed_connections_in_a_row()
    {
        _station.Disconnect();
        Fail(QuietRestart.MostFailures - 1);
        Assert.Equal(0, _station.RunFor(10_000).Restarts);

        Fail(1);

        Assert.Equal(1, _station.RunFor(10_000).Restarts);
    }

    [Fact]
    public void One_success_counts_the_failures_anew()
    {
        _station.Disconnect();
        Fail(QuietRestart.MostFailures - 1);
        _station.Connect().RunFor(1000).Disconnect();

        Fail(QuietRestart.MostFailures - 1);

        Assert.Equal(0, _station.RunFor(10_000).Restarts);
    }

    [Fact]
    public void Node_with_a_broadcast_near_or_on_air_restarts_when_it_is_over()
    {
        var sound = _station.Serve(80_000);
        _station.Plan(Entry(1, sound, Start)).RunTo(Start - 100_000).Disconnect();
        Fail(QuietRestart.MostFailures);

        Assert.Equal(0, _station.RunTo(Start + 9000).Restarts);
        Assert.Equal(sound.Samples, Assert.Single(_station.RunTo(Start + 30_000).Output.Heard).Samples);
        Assert.Equal(1, _station.Restarts);
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _station.Node.ConnectionFailed();
        }
    }
}
