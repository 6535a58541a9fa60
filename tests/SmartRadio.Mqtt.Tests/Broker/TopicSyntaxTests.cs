using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Mqtt.Tests.Broker;

public sealed class TopicSyntaxTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("/")]
    [InlineData("sr/1/n/ID/o/+")]
    [InlineData("#")]
    [InlineData("+/+/#")]
    [InlineData("/#")]
    [InlineData("loa/xã Tân Lập")]
    public void Takes_filters_that_are_well_formed(string filter) => Assert.True(TopicSyntax.IsFilter(filter));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a#")]
    [InlineData("a/b+")]
    [InlineData("#/a")]
    [InlineData("##")]
    [InlineData("a/\0")]
    [InlineData("a/\uFFFD")]
    public void Refuses_filters_that_are_not(string? filter) => Assert.False(TopicSyntax.IsFilter(filter));

    [Theory]
    [InlineData("a/b", true)]
    [InlineData("/", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("a/+", false)]
    [InlineData("a#", false)]
    [InlineData("\0", false)]
    public void Takes_topics_without_wildcards_only(string? topic, bool isTopic) => Assert.Equal(isTopic, TopicSyntax.IsTopic(topic));

    [Fact]
    public void Bounds_the_length_of_both()
    {
        Assert.Equal((true, true), (TopicSyntax.IsTopic(new string('a', 512)), TopicSyntax.IsFilter(new string('a', 512))));
        Assert.Equal((false, false), (TopicSyntax.IsTopic(new string('a', 513)), TopicSyntax.IsFilter(new string('a', 513))));
    }
}
