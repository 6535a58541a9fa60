using SmartRadio.Node.Tests.Bench;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Storage;

public class HalfWrittenPlanTests
{
    [Fact]
    public void Earlier_plan_is_played_and_the_newer_one_taken_again()
    {
        var station = new Station().Boot().Connect().RunFor(5000);
        var sound = station.Serve(8000);
        var start = station.World.Now + 60_000;
        station.Plan(Entry(1, sound, start)).RunFor(10_000);
        var newer = station.PlanOf(Entry(1, sound, start), Entry(2, sound, start + 5000));
        // The command's counter goes to the storage first, then the plan: half of it.
        station.Files.PowerLeft = 52 + 70;
        Assert.Throws<PowerCut>(() => station.Plan(newer));

        station.LosePower().Boot().Connect().RunTo(start + 3000);
        Assert.Equal(1, Assert.Single(station.Output.Heard).Broadcast);

        station.Plan(newer).RunTo(start + 10_000);
        Assert.Equal([1L, 2L], station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.All(station.Output.Heard, heard => Assert.Equal(sound.Samples, heard.Samples));
    }
}
