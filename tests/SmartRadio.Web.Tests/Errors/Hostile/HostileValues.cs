using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SmartRadio.Web.Tests.Errors.Hostile;

/// <summary>Values that programs stumble over, chosen by a seed.</summary>
internal sealed class HostileValues(int seed)
{
    private static readonly string[] Texts =
    [
        "", " ", "0", "1", "2", "-1", "007", "99999999999999999999", "1e309", "1e400", "NaN", "-Infinity", "∞",
        "null", "true", "1,5", "٣", "0x10",
        "0001-01-01", "9999-12-31", "2026-02-30", "0001-01-01T00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
        "2026-11-28T08:00:00", "2026-11-28T08:00:00Z", "00:00", "23:59:59", "24:00", "-1.00:00:00", "10675199.02:48:05",
        "/đ", "//evil.example", "/\\evil.example", "https://evil.example", "../../etc/passwd", "%", "%00", "%zz",
        "\0", "\u202e", "\ufeff",
        "\ud800", "a\r\nX-Injected: 1", "<script>alert(1)</script>", "' or 1=1 --", "{0}", "{0:", "$(id)", "🎉",
        "e\u0301", "normal", "emergency",
        "all", "editor", "daily", "north", new('a', 300), new('ă', 5000), string.Concat(Enumerable.Repeat("A.B.C.D.", 12)),
    ];

    private readonly Random _random = new(seed);

    public bool Chance(double share) => _random.NextDouble() < share;

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    public string Text() => Pick(Texts);

    /// <summary>A value for an address; a broken surrogate has no bytes there.</summary>
    public string Escaped() => Uri.EscapeDataString(Text().Replace("\ud800", "\ufffd", StringComparison.Ordinal));

    public int Below(int limit) => _random.Next(limit);

    /// <summary>Any JSON value, as text.</summary>
    public string Json() => _random.Next(9) switch
    {
        0 => "null",
        1 => "true",
        2 => "-1",
        3 => "1e400",
        4 => "9223372036854775808",
        5 => "[null]",
        6 => "{\"a\":{\"a\":[]}}",
        7 => Nested(100),
        _ => Quoted(Text()),
    };

    /// <summary>A JSON string; what is no character is escaped.</summary>
    public static string Quoted(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var letter in text)
        {
            json.Append(char.IsSurrogate(letter) || char.IsControl(letter)
                ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")
                : letter is '"' or '\\' ? "\\" + letter : letter.ToString());
        }

        return json.Append('"').ToString();
    }

    /// <summary>A body by its schema, mostly as it should be.</summary>
    /// <param name="document">The description of the API.</param>
    /// <param name="schema">The part of it to follow.</param>
    public string Body(JsonElement document, JsonElement schema)
    {
        if (Chance(0.12))
        {
            return Json();
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Body(
                document,
                document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]));
        }

        if (schema.TryGetProperty("oneOf", out var choices))
        {
            return Body(document, Pick(choices.EnumerateArray().ToList()));
        }

        if (schema.TryGetProperty("enum", out var words))
        {
            return Pick(words.EnumerateArray().ToList()).GetRawText();
        }

        return schema.TryGetProperty("properties", out var members) ? Object(document, members)
            : schema.TryGetProperty("items", out var items) ? List(document, items)
            : Number(schema) ?? Quoted(Text());
    }

    private string Object(JsonElement document, JsonElement members)
    {
        var written = members.EnumerateObject().Where(_ => !Chance(0.1))
            .Select(member => $"{Quoted(member.Name)}:{Body(document, member.Value)}").ToList();
        if (Chance(0.05))
        {
            written.Add($"{Quoted(Text())}:{Json()}");
        }

        if (written.Count > 0 && Chance(0.05))
        {
            written.Add(written[0]);
        }

        return "{" + string.Join(',', written) + "}";
    }

    private string List(JsonElement document, JsonElement items) =>
        "[" + string.Join(',', Enumerable.Range(0, Chance(0.02) ? 3000 : Below(4)).Select(_ => Body(document, items))) + "]";

    private string? Number(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && type.ToString().Contains("integer", StringComparison.Ordinal)
            ? Pick(["0", "1", "2", "40", "-1", "2147483648", "9223372036854775807"])
            : null;

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
