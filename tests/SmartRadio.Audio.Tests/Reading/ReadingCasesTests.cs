using System.Globalization;
using SmartRadio.Audio.Reading;

namespace SmartRadio.Audio.Tests.Reading;

/// <summary>Every row of cases.tsv, which a Vietnamese reader can check.</summary>
public sealed class ReadingCasesTests
{
    private static readonly string[][] Rows =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Reading", "cases.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => (string[])[.. line.Split('\t'), string.Empty, string.Empty]),
    ];

    public static TheoryData<string, string, string> Cases =>
        new(Rows.Select(row => (Plain(row[1]), Plain(row[2]), row[3])));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Text_is_read_as_an_announcer_says_it(string text, string words, string doubts)
    {
        var read = ReadAloud.Read(text);

        Assert.Equal(words, read.Spoken);
        Assert.Equal(
            doubts, string.Join(',', read.Pieces.Select(piece => piece.Doubt).Where(doubt => doubt != ReadingDoubt.None)));
    }

    /// <summary>Words have no other reading: text that is written as it is said stays as it is.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Words_that_were_read_stay_as_they_are(string text, string words, string doubts)
    {
        Assert.NotNull(text + doubts);
        Assert.Equal(words, ReadAloud.Read(words).Spoken);
    }

    [Fact]
    public void There_are_at_least_400_cases_and_none_twice()
    {
        Assert.True(Rows.Length >= 400, $"{Rows.Length} cases");
        Assert.Empty(Rows.GroupBy(row => row[1]).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    // Line ends and invisible characters are written as in C#.
    private static string Plain(string field)
    {
        var parts = field.Replace("\\n", "\n", StringComparison.Ordinal).Split("\\u");
        return parts[0] + string.Concat(parts.Skip(1).Select(part =>
            (char)int.Parse(part.AsSpan(0, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) + part[4..]));
    }
}
