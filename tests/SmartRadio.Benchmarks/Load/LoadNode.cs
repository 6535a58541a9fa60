using System.Globalization;
using SmartRadio.Protocol;

namespace SmartRadio.Benchmarks.Load;

/// <summary>Names and filters of the load's clients, as nodes have them.</summary>
internal static class LoadNode
{
    /// <summary>All of one length, so that all frames are.</summary>
    public static string Id(int number) => number.ToString("x16", CultureInfo.InvariantCulture);

    public static string Command(int number) => Topics.Command(Id(number));

    /// <summary>Its own commands and, by a wildcard, objects.</summary>
    public static string[] Filters(int number) => [Command(number), Topics.OwnObjects(Id(number))];

    /// <summary>The same, and a topic that all listen to.</summary>
    public static Func<int, string[]> Hearing(string topic) => number => [.. Filters(number), topic];
}
