using System.Text;

namespace SmartRadio.Mqtt;

/// <summary>The rules of topic names and filters (MQTT 5, 4.7 and 4.8.2).</summary>
public static class MqttTopic
{
    private const int MaxBytes = 65_535;
    private const string SharePrefix = "$share/";

    /// <summary>A name messages are published under: not empty, no wildcard, no NUL.</summary>
    public static bool IsValidName(ReadOnlySpan<char> topic) =>
        !topic.IsEmpty && topic.IndexOfAny('+', '#', '\0') < 0 && Fits(topic);

    /// <summary>A filter: '+' fills a whole level, '#' only the last one. A shared one names group and filter.</summary>
    public static bool IsValidFilter(ReadOnlySpan<char> filter)
    {
        if (filter.StartsWith(SharePrefix, StringComparison.Ordinal) && !TrySplitShared(filter, out _, out filter))
        {
            return false;
        }

        if (filter.IsEmpty || filter.Contains('\0') || !Fits(filter))
        {
            return false;
        }

        for (var i = 0; i < filter.Length; i++)
        {
            var startsLevel = i == 0 || filter[i - 1] == '/';
            var endsLevel = i == filter.Length - 1 || filter[i + 1] == '/';
            if ((filter[i] == '+' && !(startsLevel && endsLevel)) ||
                (filter[i] == '#' && !(startsLevel && i == filter.Length - 1)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a name falls under a filter. Wildcards at the first level do not reach names that begin with '$'.</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        if (!topic.IsEmpty && topic[0] == '$' && !filter.IsEmpty && filter[0] is '+' or '#')
        {
            return false;
        }

        while (true)
        {
            var wanted = NextLevel(ref filter, out var moreFilter);
            if (wanted is "#")
            {
                return true;
            }

            var given = NextLevel(ref topic, out var moreTopic);
            if (wanted is not "+" && !wanted.SequenceEqual(given))
            {
                return false;
            }

            if (!moreTopic)
            {
                return !moreFilter || filter is "#";
            }

            if (!moreFilter)
            {
                return false;
            }
        }
    }

    /// <summary>Splits <c>$share/group/filter</c>. False when it is no well-formed shared filter.</summary>
    public static bool TrySplitShared(ReadOnlySpan<char> shared, out ReadOnlySpan<char> group, out ReadOnlySpan<char> filter)
    {
        group = filter = default;
        if (!shared.StartsWith(SharePrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = shared[SharePrefix.Length..];
        var slash = rest.IndexOf('/');
        if (slash <= 0 || rest[..slash].IndexOfAny('+', '#') >= 0)
        {
            return false;
        }

        group = rest[..slash];
        filter = rest[(slash + 1)..];
        return !filter.IsEmpty;
    }

    internal static int LevelsOf(ReadOnlySpan<char> topic) => topic.Count('/') + 1;

    internal static ReadOnlySpan<char> NextLevel(scoped ref ReadOnlySpan<char> rest, out bool more)
    {
        var slash = rest.IndexOf('/');
        more = slash >= 0;
        var level = more ? rest[..slash] : rest;
        rest = more ? rest[(slash + 1)..] : default;
        return level;
    }

    private static bool Fits(ReadOnlySpan<char> text) =>
        text.Length <= MaxBytes / 3 || Encoding.UTF8.GetByteCount(text) <= MaxBytes;
}
