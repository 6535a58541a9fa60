using SmartRadio.Controller.Areas;

namespace SmartRadio.Controller.Tests.Areas;

public sealed class QuietSpanTests
{
    [Fact]
    public void Areas_of_the_same_hours_are_quiet_together()
    {
        Assert.Equal(
            [new QuietSpan(0, 285, true), new QuietSpan(1320, 1440, true)],
            QuietSpan.Of([QuietHours.Default, QuietHours.Default]));
    }

    [Fact]
    public void Hours_that_only_some_areas_keep_are_told_apart()
    {
        var spans = QuietSpan.Of([QuietHours.Parse("21:00-05:00"), QuietHours.Parse("22:00-06:00"), QuietHours.Parse("12:00-13:00")]);

        Assert.All(spans, span => Assert.False(span.IsEverywhere));
        Assert.Equal([(0, 360), (720, 780), (1260, 1440)], spans.Select(span => (span.From, span.To)));
        Assert.Equal(
            [
                new QuietSpan(0, 300, true), new QuietSpan(300, 360, false),
                new QuietSpan(1260, 1320, false), new QuietSpan(1320, 1440, true),
            ],
            QuietSpan.Of([QuietHours.Parse("21:00-05:00"), QuietHours.Parse("22:00-06:00")]));
    }

    [Fact]
    public void Area_without_quiet_hours_leaves_none_for_all()
    {
        Assert.Equal(
            [new QuietSpan(720, 780, false)], QuietSpan.Of([QuietHours.Parse("12:00-13:00"), QuietHours.None]));
        Assert.Empty(QuietSpan.Of([QuietHours.None]));
    }
}
