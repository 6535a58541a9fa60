using SmartRadio.Controller.Areas;

namespace SmartRadio.Controller.Tests.Areas;

public sealed class DayVolumeTests
{
    [Fact]
    public void Steps_are_kept_by_their_times()
    {
        var day = DayVolume.Of([new(new TimeOnly(17, 0, 30), 200), new(new TimeOnly(5, 0), 10)])!;

        Assert.Equal("05:00 10,17:00 200", day.ToString());
        Assert.Equal(day.Steps, DayVolume.Parse(day.ToString()).Steps);
    }

    [Fact]
    public void No_steps_are_no_volumes_of_ones_own() => Assert.Null(DayVolume.Of([]));

    [Theory]
    [InlineData(9)]
    [InlineData(201)]
    public void Percent_out_of_range_is_refused(int percent) => IsRefused([new(new TimeOnly(5, 0), percent)]);

    [Fact]
    public void Two_steps_at_one_minute_are_refused() =>
        IsRefused([new(new TimeOnly(5, 0), 50), new(new TimeOnly(5, 0, 1), 60)]);

    [Fact]
    public void Ninth_step_is_refused() =>
        IsRefused([.. Enumerable.Range(0, 9).Select(hour => new VolumeStep(new TimeOnly(hour, 0), 100))]);

    private static void IsRefused(VolumeStep[] steps) =>
        Assert.Equal(AreaRefusal.DayVolumeOutOfRange, Assert.Throws<RefusedException>(() => DayVolume.Of(steps)).Refusal);
}
