using SmartRadio.Controller.Areas;

namespace SmartRadio.Controller.Tests.Areas;

public sealed class QuietHoursTests
{
    private static readonly QuietHours Night = QuietHours.Parse("22:00-04:45");

    [Theory]
    [InlineData("22:00", 1, true)]
    [InlineData("04:44:59", 1, true)]
    [InlineData("04:45", 60, false)]
    [InlineData("21:59", 60, false)]
    [InlineData("21:59", 61, true)]
    [InlineData("12:00", 36000, false)]
    [InlineData("12:00", 36001, true)]
    [InlineData("00:00", 1, true)]
    public void A_sound_is_in_quiet_hours_when_any_part_of_it_is(string start, int seconds, bool touches)
    {
        var localStart = new DateOnly(2026, 11, 20).ToDateTime(
            TimeOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(touches, Night.Touches(localStart, TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void Equal_ends_mean_none() =>
        Assert.False(
            QuietHours.None.Touches(new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Unspecified), TimeSpan.FromHours(20)));

    [Fact]
    public void They_are_read_as_they_are_written() => Assert.Equal(Night, QuietHours.Parse(Night.ToString()));
}
