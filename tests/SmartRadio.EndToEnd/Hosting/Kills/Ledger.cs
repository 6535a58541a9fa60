using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace SmartRadio.EndToEnd.Hosting.Kills;

/// <summary>What was acknowledged: for each subject, what a reader must find of it.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<(string List, string Subject), Dictionary<string, string>> _expected = new();
    private readonly ConcurrentDictionary<string, int> _kinds = new();

    /// <summary>Acknowledged acts.</summary>
    public int Count => _kinds.Values.Sum();

    public IEnumerable<string> Kinds => _kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal)
        .Select(kind => $"{kind.Key} {kind.Value}");

    public int KindCount => _kinds.Count;

    /// <summary>An act was acknowledged: the one row of a list with this name has these fields from now on.</summary>
    /// <param name="kind">Of the act.</param>
    /// <param name="list">The path of the list.</param>
    /// <param name="subject">The value of the field by which the list is looked through; it stands there once.</param>
    /// <param name="fields">Fields of the row, as JSON text.</param>
    public void Add(string kind, string list, string subject, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var row = _expected.GetOrAdd((list, subject), _ => new(StringComparer.Ordinal));
        foreach (var (name, value) in fields)
        {
            row[name] = value;
        }

        _kinds.AddOrUpdate(kind, 1, (_, count) => count + 1);
    }

    /// <summary>The subject has left the list.</summary>
    public void Forget(string list, string subject) => _expected.TryRemove((list, subject), out _);

    /// <summary>Compares all that was acknowledged with what is there; each difference is a sentence.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(HttpClient client)
    {
        var differences = new List<string>();
        foreach (var list in _expected.Keys.Select(key => key.List).Distinct(StringComparer.Ordinal))
        {
            var rows = (await RowsAsync(client, list)).ToLookup(row => Value(row, NameOf(list)), StringComparer.Ordinal);
            differences.AddRange(
                from each in _expected
                where each.Key.List == list
                from difference in Differences(each.Key.Subject, each.Value, [.. rows[each.Key.Subject]])
                select $"{list}: {difference}");
        }

        return differences;
    }

    private static IEnumerable<string> Differences(
        string subject, Dictionary<string, string> expected, IReadOnlyList<JsonNode> found)
    {
        if (found.Count != 1)
        {
            return [$"{subject} is there {found.Count} times"];
        }

        return expected.Where(field => Value(found[0], field.Key) != field.Value)
            .Select(field => $"{subject}: {field.Key} is {Value(found[0], field.Key)} and not {field.Value}");
    }

    // A field's value as text; of a field that is only asked to be set, "set" or "null".
    private static string Value(JsonNode row, string field)
    {
        if (field.EndsWith('?'))
        {
            return row[field[..^1]] is null ? "null" : "set";
        }

        return field == "roles" ? string.Create(null, $"{row[field]!.AsArray().Count}") : row[field]?.ToString() ?? "null";
    }

    private static string NameOf(string list) => list switch
    {
        "areas" => "code",
        "people" => "userName",
        "nodes" => "name",
        "releases" => "version",
        "bulletins" => "title",
        _ => "id",
    };

    private static async Task<List<JsonNode>> RowsAsync(HttpClient client, string list)
    {
        var rows = new List<JsonNode>();
        for (var next = $"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=1000"; next is not null;)
        {
            using var answer = await client.GetAsync(new Uri(next, UriKind.RelativeOrAbsolute));
            answer.EnsureSuccessStatusCode();
            rows.AddRange(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray().Select(row => row!));
            next = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        return rows;
    }
}
