namespace SmartRadio.Controller.Tests;

public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("Tiêm CHỦNG đợt 2", "tiem", "chung", "dot", "2")]
    [InlineData("  \ufffe \ud800 tin ", "tin")]
    [InlineData("\u200b")]
    public void Words_of_a_search_lose_marks_and_what_nobody_sees(string query, params string[] expected) =>
        Assert.Equal(expected, FoldedText.WordsOf(query).Where(word => word != "\ufffd"));

    [Fact]
    public void Search_longer_than_any_title_has_no_words() =>
        Assert.Empty(FoldedText.WordsOf(new string('a', PlainText.NameLength + 1)));
}
