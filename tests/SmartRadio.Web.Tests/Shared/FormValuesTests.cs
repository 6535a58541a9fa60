using SmartRadio.Controller;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Tests.Shared;

public sealed class FormValuesTests
{
    [Theory]
    [InlineData("-Infinity")]
    [InlineData("Infinity")]
    [InlineData("∞")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("-1")]
    [InlineData("1000000.1")]
    [InlineData("1,5")]
    public void Number_that_no_field_sends_is_refused(string text)
    {
        Assert.Equal(Refusal.Malformed, Assert.Throws<RefusedException>(() => FormValues.Seconds(text, "pause")).Refusal);
        Assert.Equal(Refusal.Malformed, Assert.Throws<RefusedException>(() => FormValues.Decimal(text, 1, "speed")).Refusal);
    }

    [Fact]
    public void Decimals_follow_a_point()
    {
        Assert.Equal(TimeSpan.FromSeconds(2.5), FormValues.Seconds("2.5", "pause"));
        Assert.Equal(TimeSpan.Zero, FormValues.Seconds(null, "pause"));
        Assert.Equal(0.8, FormValues.Decimal("0.8", 1, "speed"));
        Assert.Equal(1, FormValues.Decimal("", 1, "speed"));
    }

    [Theory]
    [InlineData(double.NegativeInfinity, -1)]
    [InlineData(double.PositiveInfinity, 1_000_000)]
    [InlineData(2.5, 2.5)]
    public void Seconds_of_a_body_are_a_length_of_time(double seconds, double expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), FormValues.Seconds(seconds, "pauseSeconds"));
}
