using SmartRadio.Audio.Reading;

namespace SmartRadio.Audio.Tests.Reading;

/// <summary>Any text is read, in time linear in its length, and its pieces show what was changed.</summary>
public sealed class ReadAloudTests
{
    private const int Long = 50_000;
    private static readonly ReadingDictionary Words =
        ReadingDictionary.Of([new("Zuôih", "giu ôi"), new(new string('(', 59) + "a", "a")]);

    public static TheoryData<string> Hostile => new(
        new string('1', Long),
        Repeated("1.", Long), Repeated("1/", Long), Repeated("1-", Long), Repeated("1 ", Long), Repeated("1,", Long),
        Repeated("1.000.", Long), Repeated("5h-", Long), Repeated("cấp 8-9", Long), Repeated("A.B.C.", Long),
        Repeated("UBND ", Long), Repeated("UBND", Long), Repeated("\ud83d\ude4f", Long), Repeated("\ud83d", Long),
        Repeated("\u05d0\u05d1 \u202e", Long), Repeated("- \n", Long), Repeated("\n", Long), Repeated(" ", Long),
        Repeated("a.vn/", Long), Repeated("@", Long), Repeated("https://", Long), Repeated("m³/s", Long), Repeated("XIV ", Long),
        Repeated("a/", Long), Repeated("người/tháng/", Long), Repeated("T2-", Long), Repeated("113, ", Long), Repeated("20,21/", Long),
        Repeated("e\u0301\u0323", Long), Repeated("0912 ", Long), Repeated("quý IV/", Long), new string('a', Long),
        new string('A', Long), Repeated("ngày ", Long), Repeated("(((", Long), Repeated("\u0660\u0661", Long));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Long_and_odd_texts_are_read_in_linear_time(string text)
    {
        var quarter = Time(text[..(Long / 4)]);
        var whole = Time(text);

        // Four times the text; a quadratic rule takes sixteen times as long.
        Assert.True(whole < (10 * quarter) + 200, $"{quarter} ms and {whole} ms");
    }

    [Fact]
    public void Any_characters_are_read()
    {
        var random = new Random(16);
        const string signs = "019aAĐđ.,-–/: \n%°hHxX²③\u00ad\u200d\ud83d\ude4f()[]'’@#&+$IVX";
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => signs[random.Next(signs.Length)]));

            var read = ReadAloud.Read(text);

            Assert.Equal(WrittenText.Clean(text), string.Concat(read.Pieces.Select(piece => piece.Written)));
            Assert.DoesNotContain(read.Parts, part => part.Text.Length == 0);
            Assert.Equal(read.Spoken, read.Spoken.Trim());
        }
    }

    [Fact]
    public void Pieces_show_what_was_changed_and_why_it_is_unsure()
    {
        var pieces = ReadAloud.Read("Sáng 20/11, khoảng 3/4 hộ ở Q.1 có điện.").Pieces.Where(piece => piece.IsChanged).ToList();

        Assert.Equal(["20/11", "3/4", "Q.", "1"], pieces.Select(piece => piece.Written));
        Assert.Equal(ReadingDoubt.None, pieces[0].Doubt);
        Assert.Equal(ReadingDoubt.Abbreviation, pieces[2].Doubt);
    }

    [Fact]
    public void Parts_are_what_is_said_with_spaces_and_marks_in_place()
    {
        var parts = ReadAloud.Read("Nước - điện 💧, ở Q.1.\n- Xong").Parts;

        Assert.Equal(
            ["Nước", ",", " ", "điện", ", ở", " ", "quận", " ", "một", ".", "\n", "Xong"], parts.Select(part => part.Text));
        Assert.Equal("Q.", Assert.Single(parts, part => part.Piece?.Doubt == ReadingDoubt.Abbreviation).Piece!.Written);
    }

    [Fact]
    public void Own_words_go_before_all_rules()
    {
        var words = ReadingDictionary.Of(
            [new("UBND", "u bê nờ dê"), new("Cơ Tu", "Cơ tu"), new("Zuôih", "giu ôi"), new("3/4", "ba tư")]);

        Assert.Equal("u bê nờ dê xã", ReadAloud.Read("UBND xã", words).Spoken);
        Assert.Equal("người Cơ tu ở giu ôi", ReadAloud.Read("người CƠ  TU ở zuôih", words).Spoken);
        Assert.Equal("ubnd, ba tư", ReadAloud.Read("ubnd, 3/4", words).Spoken);
        Assert.Equal("Zuôihx", ReadAloud.Read("Zuôihx", words).Spoken);
    }

    [Fact]
    public void Longest_own_word_is_taken()
    {
        var words = ReadingDictionary.Of([new("Ea", "ê a"), new("Ea Kar", "ê a ca"), new("TP.", "tê pê")]);

        Assert.Equal("ê a ca và ê a, tê pê Mẫu", ReadAloud.Read("Ea Kar và Ea, TP. Mẫu", words).Spoken);
    }

    private static string Repeated(string part, int length) =>
        string.Concat(Enumerable.Repeat(part, (length / part.Length) + 1))[..length];

    private static double Time(string text)
    {
        var start = TimeProvider.System.GetTimestamp();
        ReadAloud.Read(text, Words);
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }
}
