namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>Pasted text brings characters that nobody sees. They are dropped, and no reason to refuse the text.</summary>
public sealed class InvisibleCharactersTests
{
    [Theory]
    [InlineData("cắt\u200b điện", "cắt điện")]
    [InlineData("thô\u00adn", "thôn")]
    [InlineData("\ufeffNgày mai", "Ngày mai")]
    [InlineData("Một.\u2028Hai", "Một.\nHai")]
    [InlineData("Một.\u2029Hai", "Một.\nHai")]
    [InlineData("Một.\vHai\fBa", "Một.\nHai\nBa")]
    [InlineData("Mẫu\u200e\u200f", "Mẫu")]
    [InlineData("bảy\u2060 giờ", "bảy giờ")]
    [InlineData("\u202eMẫu\u202c", "Mẫu")]
    [InlineData("a\u0000b\u0007c", "a b c")]
    [InlineData("bảy\tgiờ\r\ntối", "bảy\tgiờ\ntối")]
    [InlineData("\ud83d\udc68\u200d\ud83d\udc69 nhà", "\ud83d\udc68\u200d\ud83d\udc69 nhà")]
    public void Text_is_kept_without_them(string written, string kept) => Assert.Equal(kept, PlainText.Speech(written, 100));

    [Fact]
    public void Half_a_character_is_a_space() => Assert.Equal("a b", PlainText.Speech("a\ud800b", 100));
}
