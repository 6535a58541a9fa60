using System.Globalization;
using System.Text.Json;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.Tests.Streaming;

/// <summary>A reader who holds a picture is sent what differs, and holds the next one then.</summary>
public sealed class IslandPatchTests
{
    private static readonly string Rows = string.Concat(Enumerable.Range(1, 50).Select(
        row => string.Create(CultureInfo.InvariantCulture, $"<li><a href=\"/nodes/{row}\">Loa thôn {row} <span>{row} ms</span></a></li>")));

    [Fact]
    public void First_picture_is_sent_whole() => Assert.Equal(Rows, IslandPatch.Of(before: null, Rows));

    [Fact]
    public void Change_of_two_rows_costs_a_fortieth_at_most()
    {
        var after = Rows.Replace(">7 ms<", ">8 ms<", StringComparison.Ordinal).Replace(">40 ms<", ">đứt \"dây\"<", StringComparison.Ordinal);

        var sent = IslandPatch.Of(Rows, after);

        Assert.Equal(after, Apply(Rows, sent));
        Assert.InRange(sent.Length, 1, Rows.Length / 40);
        Assert.Contains("đứt", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>1</p>", "<p>1</p><p>2</p>")]
    [InlineData("<p>1</p>", "<b>2</b>")]
    [InlineData("<p>1</p>", "")]
    [InlineData("", "<p>1</p>")]
    [InlineData("<p>a</p>", "[1] <p>b</p>")]
    public void Other_pictures_are_sent_whole(string before, string after)
    {
        var sent = IslandPatch.Of(before, after);

        Assert.False(sent.StartsWith('['), sent);
        Assert.Equal(after, sent.TrimStart());
    }

    [Fact]
    public void Line_ends_and_text_before_the_first_tag_are_kept()
    {
        var before = "Đang phát\n" + Rows + "\n";
        var after = "Hết\n" + Rows + "\n.";

        var sent = IslandPatch.Of(before, after);

        Assert.StartsWith("[[0,", sent, StringComparison.Ordinal);
        Assert.Equal(after, Apply(before, sent));
    }

    // As the script does it.
    private static string Apply(string before, string sent)
    {
        var pieces = System.Text.RegularExpressions.Regex.Split(
            before, "(?<=.)(?=<)", System.Text.RegularExpressions.RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        foreach (var piece in JsonSerializer.Deserialize<JsonElement[][]>(sent)!)
        {
            pieces[piece[0].GetInt32()] = piece[1].GetString()!;
        }

        return string.Concat(pieces);
    }
}
