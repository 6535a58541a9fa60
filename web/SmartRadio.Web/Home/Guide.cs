using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace SmartRadio.Web.Home;

/// <param name="Anchor">"s" and the section's number.</param>
/// <param name="Text">HTML.</param>
internal sealed record GuideSection(string Anchor, string Heading, string Text);

/// <summary>
/// The guides of docs/, so that their texts stand once. Of Markdown they use headings, paragraphs, pictures on lines of their
/// own, bold and code; all else is shown as it is written.
/// </summary>
internal static partial class Guide
{
    private static readonly FrozenDictionary<string, IReadOnlyList<GuideSection>> Read =
        new[] { "vi", "en" }.ToFrozenDictionary(language => language, SectionsOf, StringComparer.Ordinal);

    public static IReadOnlyList<GuideSection> In(CultureInfo culture) => Read[culture.TwoLetterISOLanguageName];

    /// <summary>A picture of the guides, PNG; null when there is none of that name.</summary>
    public static Stream? Picture(string name) => typeof(Guide).Assembly.GetManifestResourceStream("guide." + name + ".png");

    private static IReadOnlyList<GuideSection> SectionsOf(string language)
    {
        using var file = new StreamReader(typeof(Guide).Assembly.GetManifestResourceStream($"guide.{language}.md")!);
        var text = file.ReadToEnd().ReplaceLineEndings("\n");
        // What stands before the first section is for those who read the file.
        return [.. text.Split("\n## ").Skip(1).Select((section, i) =>
        {
            var lines = section.Split('\n', 2);
            return new GuideSection(string.Create(CultureInfo.InvariantCulture, $"s{i + 1}"), lines[0], HtmlOf(lines[1]));
        })];
    }

    private static string HtmlOf(string section) => string.Concat(
        section.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(block =>
            block.StartsWith("<img", StringComparison.Ordinal)
                ? "<p>" + Image().Replace(block, "<img loading=\"lazy\" src=\"/help/${name}.png\"") + "</p>"
                : "<p>" + Inline(WebUtility.HtmlEncode(block)) + "</p>"));

    private static string Inline(string text) =>
        Code().Replace(Bold().Replace(text, "<strong>${text}</strong>"), "<code>${text}</code>");

    [GeneratedRegex(
        "<img src=\"screens/(?<name>[a-z0-9-]+)\\.png\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Image();

    [GeneratedRegex(@"\*\*(?<text>[^*]+)\*\*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bold();

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
