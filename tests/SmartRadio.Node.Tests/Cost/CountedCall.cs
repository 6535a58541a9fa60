namespace SmartRadio.Node.Tests.Cost;

/// <summary>One call of the node and what it executed.</summary>
/// <param name="Stage">What the node was doing.</param>
/// <param name="Call">"poll", or what was received.</param>
/// <param name="At">Unix milliseconds.</param>
/// <param name="ByMethod">Instructions of each method that ran, by its number.</param>
/// <param name="Methods">The methods' names.</param>
internal sealed record CountedCall(
    string Stage, string Call, long At, IReadOnlyDictionary<int, long> ByMethod, IReadOnlyList<string> Methods)
{
    public long Instructions { get; } = ByMethod.Values.Sum();

    /// <summary>Instructions of the methods whose names begin with one of these.</summary>
    public long Of(string[] beginnings) => ByMethod
        .Where(part => Array.Exists(beginnings, name => Methods[part.Key].StartsWith(name, StringComparison.Ordinal)))
        .Sum(part => part.Value);

    /// <summary>The methods that took most, over several calls.</summary>
    public static string HotSpots(IReadOnlyCollection<CountedCall> calls, int most) => string.Join(
        ", ",
        calls.SelectMany(call => call.ByMethod.Select(part => (Name: call.Methods[part.Key], Count: part.Value)))
            .GroupBy(part => part.Name).Select(group => (Name: group.Key, Count: group.Sum(part => part.Count)))
            .OrderByDescending(part => part.Count).Take(most)
            .Select(part => $"{part.Name} {part.Count:N0}"));
}
