using System.Text.RegularExpressions;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Shared;

/// <summary>
/// The names of all forms of the program, read from what its pages are made of: "/nodes/{id} volume" is the form "volume" on that page,
/// "/nodes/{id}/chime" is a button. A form without the tokens against a second tap is none of them: signing in and accepting an invitation.
/// </summary>
internal static partial class FormList
{
    public static IReadOnlyList<string> Read()
    {
        var files = Directory.EnumerateFiles(Built.WebSources, "*", SearchOption.AllDirectories).ToList();
        return
        [
            .. files.Where(path => path.EndsWith(".razor", StringComparison.Ordinal)).SelectMany(OfPage),
            .. files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(path =>
                Button().Matches(File.ReadAllText(path)).Select(button => Generic(button.Groups["path"].Value))),
        ];
    }

    private static IEnumerable<string> OfPage(string path)
    {
        var text = File.ReadAllText(path);
        // A component that is no page is named by its file.
        var place = Route().Match(text) is { Success: true } route ? Generic(route.Groups["path"].Value) : Path.GetFileNameWithoutExtension(path);
        return from Match tokens in Tokens().Matches(text)
               let start = text[text.LastIndexOf("<form", tokens.Index, StringComparison.Ordinal)..tokens.Index]
               // The one form without a name is sent by the buttons.
               where !start.Contains("id=\"actions\"", StringComparison.Ordinal)
               select $"{place} {Name().Match(start).Groups["name"].Value}";
    }

    private static string Generic(string route) => Parameter().Replace(route, static part => "{" + part.Groups["name"].Value.ToLowerInvariant() + "}");

    [GeneratedRegex("^@page \"(?<path>[^\"]+)\"", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Route();

    [GeneratedRegex("<FormTokens />", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tokens();

    [GeneratedRegex("@formname=\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("forms\\.MapPost\\(\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Button();

    [GeneratedRegex("\\{(?<name>[A-Za-z]+)(:[a-z]+)?\\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
