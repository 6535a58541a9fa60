using System.Text.RegularExpressions;

namespace SmartRadio.Controller.Templates;

/// <summary>The blanks of a template: names in square brackets, of at most 40 characters in one line.</summary>
public static partial class TemplateBlanks
{
    /// <summary>Most characters of what fills a blank.</summary>
    public const int LongestFilling = 200;

    /// <summary>Their names, each once, in the order in which they stand.</summary>
    public static IReadOnlyList<string> Of(string? text) => text is null
        ? []
        : [.. Blank().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The text with its blanks filled; one without a filling stays.</summary>
    /// <param name="text">With blanks.</param>
    /// <param name="fillings">In the order of <see cref="Of"/>.</param>
    public static string Fill(string text, IReadOnlyList<string?> fillings)
    {
        var names = Of(text).ToList();
        return Blank().Replace(text, match =>
        {
            var at = names.FindIndex(name => string.Equals(name, match.Groups["name"].Value, StringComparison.OrdinalIgnoreCase));
            return at < fillings.Count && PlainText.Words(fillings[at], LongestFilling) is { Length: > 0 } filling
                ? filling
                : match.Value;
        });
    }

    [GeneratedRegex(@"\[(?<name>[^\[\]\r\n]{1,40})\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blank();
}
