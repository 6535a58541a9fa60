using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using SmartRadio.Controller.Changes;
using SmartRadio.Web.Broadcasts;
using SmartRadio.Web.Nodes;
using SmartRadio.Web.Releases;
using Query = System.Collections.Generic.Dictionary<string, Microsoft.Extensions.Primitives.StringValues>;

namespace SmartRadio.Web.Streaming;

/// <summary>An island as one page shows it.</summary>
/// <param name="Component">The component that draws it, on the page and again on each change.</param>
/// <param name="Parameters">The component's parameters, from the address.</param>
/// <param name="Subjects">What makes it worth drawing again.</param>
internal sealed record OpenIsland(Type Component, IReadOnlyDictionary<string, object?> Parameters, IReadOnlyList<Subject> Subjects);

/// <summary>The live parts of pages, each with an address such as "nodes?area=3".</summary>
internal static class Islands
{
    private static readonly FrozenDictionary<string, Kind> Kinds = new Dictionary<string, Kind>(StringComparer.Ordinal)
    {
        ["on-air"] = new(typeof(OnAir), _ => [], "broadcast", "node"),
        ["broadcasts"] = new(typeof(BroadcastTable), _ => [], "broadcast"),
        ["broadcast"] = new(typeof(BroadcastProof), q => new() { [nameof(BroadcastProof.Id)] = Number(q, "id") ?? 0 }, "broadcast"),
        ["rollouts"] = new(typeof(RolloutTable), _ => [], "release"),
        ["nodes"] = new(
            typeof(NodeTable),
            q => new() { [nameof(NodeTable.Area)] = Number(q, "area"), [nameof(NodeTable.State)] = Text(q, "state") },
            "node", "area"),
        ["node"] = new(typeof(NodeReport), q => new() { [nameof(NodeReport.Id)] = Text(q, "id") ?? string.Empty }, "node"),
    }.ToFrozenDictionary();

    /// <summary>The island at an address, or null when there is none.</summary>
    public static OpenIsland? Find(string address)
    {
        var cut = address.IndexOf('?', StringComparison.Ordinal);
        var name = cut < 0 ? address : address[..cut];
        return Kinds.TryGetValue(name, out var kind)
            ? new OpenIsland(kind.Component, kind.Parameters(QueryHelpers.ParseQuery(cut < 0 ? string.Empty : address[cut..])), SubjectsOf(kind.Nouns, cut < 0 ? string.Empty : address[cut..]))
            : null;
    }

    /// <summary>An island about one thing is drawn again for that thing alone.</summary>
    private static List<Subject> SubjectsOf(IReadOnlyList<string> nouns, string query) =>
        [.. nouns.Select(noun => new Subject(noun, nouns.Count == 1 ? Text(QueryHelpers.ParseQuery(query), "id") ?? string.Empty : string.Empty))];

    private static string? Text(Query query, string key) => query.TryGetValue(key, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    private static long? Number(Query query, string key) =>
        long.TryParse(Text(query, key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed record Kind(Type Component, Func<Query, Dictionary<string, object?>> Parameters, params IReadOnlyList<string> Nouns);
}
