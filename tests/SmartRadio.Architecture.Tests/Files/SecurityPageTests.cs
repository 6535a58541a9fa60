using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartRadio.Architecture.Tests.Files;

/// <summary>The verification of docs/security.md counts what its table says, and gives a reason for all that is left.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Tree.Root, "docs", "security.md"));

    private static readonly string[] States = ["met", "partly", "not met", "does not apply"];

    [Fact]
    public void Counts_are_those_of_the_table()
    {
        foreach (var state in States)
        {
            var stated = Assert.Single(Lines, line => line.StartsWith($"| {state} |", StringComparison.Ordinal));
            Assert.Equal(
                $"{state} {stated.Split('|', StringSplitOptions.TrimEntries)[3]}",
                string.Create(CultureInfo.InvariantCulture, $"{state} {Of(state).Count()}"));
        }
    }

    [Fact]
    public void Every_requirement_is_counted_once()
    {
        var all = Rows().SelectMany(row => row.Ids).ToList();

        Assert.Equal(all.Count, States.Sum(state => Of(state).Count()));
        Assert.Contains(
            Lines, line => line.StartsWith(
                string.Create(CultureInfo.InvariantCulture, $"All {all.Count} requirements "), StringComparison.Ordinal));
        Assert.Empty(all.GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Skip(1).Any()).Select(same => same.Key));
    }

    [Fact]
    public void Requirement_that_is_left_has_its_reason()
    {
        var reasons = Lines.SkipWhile(line => line != "## What is left").Select(line => Reason().Match(line))
            .Where(match => match.Success).SelectMany(match => match.Groups["ids"].Value.Split(", "));

        Assert.Equal(Of("partly").Concat(Of("not met")).Order(), reasons.Order());
    }

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var tests = Tree.Sources.Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        var named = Lines.SelectMany(line => TestName().Matches(line)).Select(match => match.Value)
            .Distinct(StringComparer.Ordinal).ToList();

        Assert.True(named.Count > 50);
        Assert.DoesNotContain(named, name => !tests.Contains(name));
    }

    /// <summary>What is met says by what.</summary>
    [Fact]
    public void Requirement_that_is_met_names_what_shows_it() =>
        Assert.DoesNotContain(Lines, line => Row().Match(line) is { Success: true } row && row.Groups["state"].Value == "met"
            && line.Split('|', StringSplitOptions.TrimEntries)[4].Length == 0);

    private static IEnumerable<string> Of(string state) =>
        from row in Rows()
        where row.State == state || row.State.StartsWith(state + ":", StringComparison.Ordinal)
        from id in row.Ids
        select id;

    private static IEnumerable<(string State, IReadOnlyList<string> Ids)> Rows() =>
        from line in Lines
        let row = Row().Match(line)
        where row.Success
        select (row.Groups["state"].Value,
            (IReadOnlyList<string>)[.. row.Groups["ids"].Value.Split(", ").SelectMany(Each)]);

    /// <summary>"6.6.1–6.6.3" are three; where a range goes on over sections, the page says how many those are: "(29)".</summary>
    private static IEnumerable<string> Each(string ids)
    {
        var range = Range().Match(ids);
        if (!range.Success)
        {
            return [ids];
        }

        var (section, first) = (range.Groups["section"].Value, Number(range, "first"));
        var count = range.Groups["count"].Success ? Number(range, "count") : Number(range, "last") - first + 1;
        return Enumerable.Range(first, count)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"{section}.{number}"));
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^\| (?<ids>[0-9][0-9., –()]*) \| [^|]+ \| (?<state>[^|]+?) \|", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex("(?<=`)[A-Z][A-Za-z]+Tests(?=[`.])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();

    [GeneratedRegex(
        @"^(?<section>[0-9]+\.[0-9]+)\.(?<first>[0-9]+)–(\k<section>\.(?<last>[0-9]+)|[0-9.]+ \((?<count>[0-9]+)\))$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Range();

    [GeneratedRegex(@"^\| (?<ids>[0-9][0-9., ]*) \| [^|]+ \|$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reason();
}
