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
    public void Filter_that_is_well_formed_is_taken(string filter) => Assert.True(TopicSyntax.IsFilter(filter));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a#")]
    [InlineData("a/b+")]
    [InlineData("#/a")]
    [InlineData("##")]
    [InlineData("a/\0")]
    [InlineData("a/\uFFFD")]
    public void Filter_that_is_not_well_formed_is_rejected(string? filter) => Assert.False(TopicSyntax.IsFilter(filter));

    [Theory]
    [InlineData("a/b", true)]
    [InlineData("/", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("a/+", false)]
    [InlineData("a#", false)]
    [InlineData("\0", false)]
    public void Topic_is_taken_without_wildcards_only(string? topic, bool isTopic) =>
        Assert.Equal(isTopic, TopicSyntax.IsTopic(topic));

    [Fact]
    public void Length_of_topics_and_filters_is_bounded()
    {
        Assert.Equal((true, true), (TopicSyntax.IsTopic(new string('a', 512)), TopicSyntax.IsFilter(new string('a', 512))));
        Assert.Equal((false, false), (TopicSyntax.IsTopic(new string('a', 513)), TopicSyntax.IsFilter(new string('a', 513))));
    }
}
