namespace SmartRadio.Controller.Tests;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Tiêm chủng", 10, "Tiêm chủng")]
    [InlineData("Tiêm chủng", 9, "Tiêm chủ…")]
    [InlineData("Loa 📢📢📢", 6, "Loa 📢…")]
    [InlineData("Nhà 👨‍👩‍👧 vui", 6, "Nhà 👨‍👩‍👧…")]
    [InlineData("Cờ 🇻🇳🇻🇳 bay", 5, "Cờ 🇻🇳…")]
    // Written with marks of their own.
    [InlineData("Hu\u031b\u0301ng", 3, "Hu\u031b\u0301…")]
    [InlineData("📢", 1, "📢")]
    [InlineData("📢📢", 1, "…")]
    [InlineData("", 5, "")]
    public void Text_is_cut_between_letters_as_people_see_them(string text, int most, string expected) =>
        Assert.Equal(expected, PlainText.Shortened(text, most));
}
