using System.Text.RegularExpressions;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Shared;

/// <summary>
/// The names of all forms of the program, read from what its pages are made of: "/nodes/{id} volume" is the form "volume" on that
/// page, "/nodes/{id}/chime" is a button. One that lacks the tokens against a second tap says so in its name.
/// </summary>
internal static partial class FormList
{
    /// <summary>Whoever sends these is nobody yet, so that there is nobody to remember a token for.</summary>
    private static readonly string[] OfStrangers =
    [
        "/sign-in sign-in", "/sign-in/code second-step", "/invite invite",
        // It has a token of its own, and remembers it beside the complaint.
        "/phan-anh/{token} complaint",
    ];

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
        var place = Route().Match(text) is { Success: true } route
            ? Generic(route.Groups["path"].Value)
            : Path.GetFileNameWithoutExtension(path);
        return (from Match form in Form().Matches(text)
                let start = text[form.Index..text.IndexOf("</form>", form.Index, StringComparison.Ordinal)]
                let name = $"{place} {Name().Match(start).Groups["name"].Value}"
                // The one form without a name is sent by the buttons; the choice of language is a button with a form of its own.
                where !start.Contains("id=\"actions\"", StringComparison.Ordinal)
                    && !start.Contains("action=\"/language\"", StringComparison.Ordinal)
                select start.Contains("<FormTokens />", StringComparison.Ordinal) ? name : name + " without tokens")
            .Except(OfStrangers.Select(name => name + " without tokens"), StringComparer.Ordinal);
    }

    private static string Generic(string route) =>
        Parameter().Replace(route, static part => "{" + part.Groups["name"].Value.ToLowerInvariant() + "}");

    [GeneratedRegex(
        "^@page \"(?<path>[^\"]+)\"", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Route();

    [GeneratedRegex("<form [^>]*method=\"post\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex("@formname=\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("forms\\.MapPost\\(\\s*\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Button();

    [GeneratedRegex("\\{(?<name>[A-Za-z]+)(:[a-z]+)?\\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
