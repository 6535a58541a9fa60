using FsCheck;
using FsCheck.Fluent;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Tests.Setting;

namespace SmartRadio.Mqtt.Tests.Broker;

public sealed class TopicIndexTests
{
    private static readonly string[] Levels = ["a", "b", "", "$", "$x"];

    private static readonly Gen<string> Topics = (
        from count in Gen.Choose(1, 4)
        from levels in Gen.Elements(Levels).ArrayOf(count)
        select string.Join('/', levels)).Where(topic => topic.Length > 0);

    private static readonly Gen<string> Filters = (
        from count in Gen.Choose(1, 4)
        from levels in Gen.Frequency((3, Gen.Elements(Levels)), (2, Gen.Constant("+"))).ArrayOf(count)
        from hasHash in Gen.Elements(true, false)
        select string.Join('/', hasHash ? [.. levels[1..], "#"] : levels)).Where(filter => filter.Length > 0);

    [Fact]
    public void Index_finds_whom_a_naive_matcher_finds_while_filters_come_and_go()
    {
        var step =
            from filter in Filters
            from subscriber in Gen.Elements("x", "y", "z")
            from adds in Gen.Elements(true, true, false)
            select (filter, subscriber, adds);
        var histories =
            from steps in step.ListOf()
            from topics in Topics.ArrayOf(5)
            select (steps, topics);

        Prop.ForAll(histories.ToArbitrary(), history =>
        {
            var index = new TopicIndex<string>();
            var known = new HashSet<(string Filter, string Subscriber)>();
            foreach (var (filter, subscriber, adds) in history.steps)
            {
                Take(index, known, filter, subscriber, adds);
                AssertAlike(index, known, history.topics);
            }

            foreach (var (filter, subscriber) in known.ToList())
            {
                Take(index, known, filter, subscriber, adds: false);
                AssertAlike(index, known, history.topics);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("#", "$SYS/monitor", false)]
    [InlineData("+/monitor/Clients", "$SYS/monitor/Clients", false)]
    [InlineData("$SYS/monitor/+", "$SYS/monitor/Clients", true)]
    public void Index_matches_as_the_examples_of_the_standard_do(string filter, string topic, bool matches)
    {
        var index = new TopicIndex<string>();
        index.Add(filter, "x");

        Assert.Equal(matches ? ["x"] : [], Find(index, topic));
        Assert.Equal(matches, NaiveMatcher.Matches(filter, topic));
    }

    [Fact]
    public void Index_gives_lists_that_do_not_change_afterwards()
    {
        var index = new TopicIndex<string>();
        index.Add("a", "x");
        List<string[]> found = [];
        index.Find("a", found);

        index.Add("a", "y");
        index.Remove("a", "x");

        Assert.Equal(["x"], found.Single());
        Assert.Equal(["y"], Find(index, "a"));
    }

    private static void Take(
        TopicIndex<string> index, HashSet<(string Filter, string Subscriber)> known, string filter, string subscriber, bool adds)
    {
        if (adds && known.Add((filter, subscriber)))
        {
            index.Add(filter, subscriber);
        }
        else if (!adds)
        {
            // Taking away what is not there changes nothing.
            known.Remove((filter, subscriber));
            index.Remove(filter, subscriber);
        }
    }

    private static void AssertAlike(TopicIndex<string> index, HashSet<(string Filter, string Subscriber)> known, string[] topics)
    {
        foreach (var topic in topics)
        {
            var expected = known.Where(each => NaiveMatcher.Matches(each.Filter, topic)).Select(each => each.Subscriber);
            Assert.Equal(expected.Order(StringComparer.Ordinal), Find(index, topic).Order(StringComparer.Ordinal));
        }
    }

    private static List<string> Find(TopicIndex<string> index, string topic)
    {
        List<string[]> found = [];
        index.Find(topic, found);
        return [.. found.SelectMany(list => list)];
    }
}
