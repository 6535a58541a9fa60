using System.Text;
using SmartRadio.Node.Setup;

namespace SmartRadio.Node.Tests.Setup;

public class LineReaderTests
{
    [Fact]
    public void Lines_end_in_either_way_and_empty_ones_are_none() =>
        Assert.Equal(["wifi a b", "status"], Lines("wifi a b\r\n\r\nstatus\n"));

    [Theory]
    [InlineData("wifi \"Nhà văn hóa thôn Đông\" \"Mật khẩu ở đây\"")]
    [InlineData("Cơ Tu, Xơ Đăng, M'nông: ắ ễ ộ ữ ỵ")]
    [InlineData("日本 😀")]
    [InlineData("\u007e\u0080\u07ff\u0800\ud7ff\ue000\uffff\U00010000\U0010ffff")]
    public void Lines_are_taken_letter_by_letter_in_every_script(string line) => Assert.Equal([line], Lines(line + "\n"));

    [Theory]
    [InlineData("wifi ax\b b", "wifi a b")]
    [InlineData("Nhà\b\b\b", null)]
    [InlineData("Nhà\b văn\u007f\u007fe", "Nh ve")]
    [InlineData("xế😀\b\by", "xy")]
    [InlineData("\b\b\bx", "x")]
    public void Lines_lose_a_whole_letter_when_the_last_is_deleted(string typed, string? line) =>
        Assert.Equal(line is null ? [] : [line], Lines(typed + "\n"));

    [Fact]
    public void Lines_have_a_space_where_a_tab_was_typed() => Assert.Equal(["wifi a b"], Lines("wifi\ta b\n"));

    [Fact]
    public void Lines_that_are_as_long_as_may_be_are_taken_and_longer_ones_answered()
    {
        var longest = new string('x', LineReader.MaxLength - 2) + "à";

        Assert.Equal(
            [longest, "That line was longer than 256 bytes: nothing of it was taken.", "status"],
            Lines($"{longest}\n{longest}x\nstatus\n"));
    }

    /// <summary>
    /// A lone byte, a cut character, too long a form, a surrogate, beyond the last character, what no character begins with.
    /// </summary>
    [Theory]
    [InlineData("80")]
    [InlineData("C3")]
    [InlineData("C341")]
    [InlineData("E1BA")]
    [InlineData("E1BA41")]
    [InlineData("F09F98")]
    [InlineData("C080")]
    [InlineData("C1BF")]
    [InlineData("E09FBF")]
    [InlineData("F08FBFBF")]
    [InlineData("EDA080")]
    [InlineData("F4908080")]
    [InlineData("F5808080")]
    [InlineData("FF")]
    public void Lines_that_are_not_UTF_8_are_answered_and_the_next_is_taken(string hex)
    {
        byte[] typed = [.. "wifi "u8, .. Convert.FromHexString(hex), .. "\nstatus\n"u8];

        Assert.Equal(["That line was not UTF-8: set the terminal to it and type it again.", "status"], Lines(typed));
    }

    [Fact]
    public void Lines_of_any_bytes_are_read_as_dotnet_reads_them_or_answered()
    {
        var random = new Random(3);
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        byte[] likely = [0x41, 0x7f + 1, 0x9f, 0xa0, 0xbf, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4];
        for (var i = 0; i < 50_000; i++)
        {
            byte[] typed = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => likely[random.Next(likely.Length)])];
            var read = Record.Exception(() => strict.GetString(typed)) is null
                ? strict.GetString(typed)
                : "That line was not UTF-8: set the terminal to it and type it again.";

            Assert.Equal([read], Lines([.. typed, (byte)'\n']));
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("wifi a  b ", "wifi|a|b")]
    [InlineData("wifi \"a b\" \" c \"", "wifi|a b| c ")]
    [InlineData("wifi \"\" b", "wifi||b")]
    [InlineData("wifi a\\\"b \"c \\\" d\"", "wifi|a\"b|c \" d")]
    [InlineData("wifi a\\\\ b\\c \\", "wifi|a\\|b\\c|\\")]
    [InlineData("wifi \"a\\\\\" b", "wifi|a\\|b")]
    [InlineData("a b c d e f g", "a|b|c|d|e|f|g")]
    [InlineData("Nhà \"văn 😀\"", "Nhà|văn 😀")]
    public void Lines_fall_into_words(string line, string words) => Assert.Equal(words, string.Join('|', TypedWords.Of(line)));

    [Theory]
    [InlineData("\"")]
    [InlineData("wifi \"a b")]
    [InlineData("wifi \"a\\\"")]
    public void Lines_with_an_open_quote_have_no_words(string line) => Assert.Null(TypedWords.Of(line));

    private static List<string> Lines(string typed) => Lines(Encoding.UTF8.GetBytes(typed));

    private static List<string> Lines(byte[] typed)
    {
        var reader = new LineReader();
        return [.. typed.Where(reader.Take).Select(_ => reader.Line ?? reader.Problem)];
    }
}
