namespace SmartRadio.Mqtt.Tests.Setting;

/// <summary>Which topics a filter matches, word for word as MQTT 5 says it in 4.7.</summary>
internal static class NaiveMatcher
{
    public static bool Matches(string filter, string topic) =>
        !(topic.StartsWith('$') && filter[0] is '+' or '#') && Matches(filter.Split('/'), topic.Split('/'));

    private static bool Matches(ReadOnlySpan<string> filter, ReadOnlySpan<string> topic) => filter switch
    {
        [] => topic.IsEmpty,
        ["#"] => true,
        ["+", .. var rest] => !topic.IsEmpty && Matches(rest, topic[1..]),
        [var level, .. var rest] => !topic.IsEmpty && topic[0] == level && Matches(rest, topic[1..]),
    };
}
