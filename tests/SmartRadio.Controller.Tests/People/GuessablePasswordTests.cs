using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.People;

public sealed class GuessablePasswordTests
{
    private static readonly string[] Words = ["nguyenlan", "Nguyễn Thị Lan", "Thử Nghiệm", "Đông"];

    [Theory]
    [InlineData("1234567890")]
    [InlineData("qwertyuiop")]
    [InlineData("password12")]
    [InlineData("Password2026!")]
    [InlineData("iloveyou123")]
    [InlineData("abcdefghij")]
    [InlineData("SmartRadio")]
    [InlineData("smartradio2026!")]
    [InlineData("Loa Phường 2026")]
    [InlineData("truyền thanh 123")]
    [InlineData("Đài Truyền Thanh Xã")]
    [InlineData("matkhau123456")]
    [InlineData("nguyenlan1990")]
    [InlineData("Nguyễn Thị Lan 1")]
    [InlineData("xathunghiem2026")]
    [InlineData("2026-LoaDong-xa")]
    [InlineData("ｓｍａｒｔｒａｄｉｏ１")]
    public void What_is_tried_first_is_found(string password) => Assert.True(GuessablePassword.Is(password, Words), password);

    [Theory]
    [InlineData("loa phường em hay")]
    [InlineData("loa phường em")]
    [InlineData("một mật khẩu khác")]
    [InlineData("loa xóm Thượng 5 giờ")]
    [InlineData("rất là bí mật 1")]
    [InlineData("\ud800 nửa cặp chữ lạ")]
    public void Own_sentence_is_taken(string password) => Assert.False(GuessablePassword.Is(password, Words), password);

    /// <summary>To look at one of megabytes would take long.</summary>
    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Long_password_is_not_looked_at(int length, bool expected) =>
        Assert.Equal(expected, GuessablePassword.Is("smartradio".PadRight(length, '1'), Words));
}
