using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartRadio.Architecture.Tests.Files;

/// <summary>The verification of docs/security.md counts what its table says, and gives a reason for all that is left.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Tree.Root, "docs", "security.md"));

    [Fact]
    public void Counts_are_those_of_the_table()
    {
        foreach (var state in new[] { "met", "partly", "not met" })
        {
            var stated = Assert.Single(Lines, line => line.StartsWith($"| {state} |", StringComparison.Ordinal));
            Assert.Equal(
                $"{state} {stated.Split('|', StringSplitOptions.TrimEntries)[3]}",
                string.Create(CultureInfo.InvariantCulture, $"{state} {Of(state).Count()}"));
        }
    }

    [Fact]
    public void Requirement_that_is_left_has_its_reason()
    {
        var reasons = Lines.SkipWhile(line => line != "## What is left").Select(line => Reason().Match(line))
            .Where(match => match.Success).SelectMany(match => match.Groups["ids"].Value.Split(", "));

        Assert.Equal(Of("partly").Concat(Of("not met")).Order(), reasons.Order());
    }

    private static IEnumerable<string> Of(string state) =>
        from line in Lines
        let row = Row().Match(line)
        where row.Success && (row.Groups["state"].Value == state
            || row.Groups["state"].Value.StartsWith(state + ":", StringComparison.Ordinal))
        from id in row.Groups["ids"].Value.Split(", ")
        select id;

    [GeneratedRegex(
        @"^\| (?<ids>[0-9][0-9., ]*) \| [^|]+ \| (?<state>[^|]+?) \|", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (?<ids>[0-9][0-9., ]*) \| [^|]+ \|$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reason();
}
