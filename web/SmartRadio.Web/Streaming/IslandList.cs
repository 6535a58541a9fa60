using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Streaming;

/// <summary>A kind of live part that a room brings.</summary>
/// <param name="Name">What its addresses begin with.</param>
/// <param name="Component">The component that draws it, on the page and again on each change.</param>
/// <param name="Parameters">The component's parameters, from the address.</param>
/// <param name="Nouns">What makes it worth drawing again.</param>
internal sealed record IslandKind(
    string Name, Type Component, Func<IslandQuery, Dictionary<string, object?>> Parameters, params IReadOnlyList<string> Nouns)
{
    /// <summary>An island about one thing is drawn again for that thing alone.</summary>
    public IReadOnlyList<Subject> SubjectsOf(IslandQuery query) =>
        [.. Nouns.Select(noun => new Subject(noun, Nouns.Count == 1 ? query.Text("id") ?? string.Empty : string.Empty))];
}

/// <summary>An island as one page shows it.</summary>
internal sealed record OpenIsland(
    Type Component, IReadOnlyDictionary<string, object?> Parameters, IReadOnlyList<Subject> Subjects)
{
    /// <summary>The same for all addresses under which it looks the same.</summary>
    public string Key { get; } = string.Join(
        '\n', Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")).Prepend(Component.Name));
}

/// <summary>What stands behind the name in an island's address.</summary>
internal sealed class IslandQuery(Dictionary<string, StringValues> query)
{
    public string? Text(string key) =>
        query.TryGetValue(key, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    public long? Number(string key) =>
        long.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>The live parts of pages, each with an address such as "nodes?area=3".</summary>
internal sealed class IslandList(IEnumerable<IslandKind> kinds)
{
    private readonly FrozenDictionary<string, IslandKind> _kinds = kinds.ToFrozenDictionary(
        kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The island at an address, or null when there is none.</summary>
    public OpenIsland? Find(string address)
    {
        var cut = address.IndexOf('?', StringComparison.Ordinal);
        var query = new IslandQuery(QueryHelpers.ParseQuery(cut < 0 ? string.Empty : address[cut..]));
        return _kinds.TryGetValue(cut < 0 ? address : address[..cut], out var kind)
            ? new OpenIsland(kind.Component, kind.Parameters(query), kind.SubjectsOf(query))
            : null;
    }
}
