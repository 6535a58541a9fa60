using SmartRadio.Controller.Bulletins;

namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>A sentence about a file that was refused says which file it was.</summary>
public sealed class NamedFileTests
{
    [Theory]
    [InlineData("băng ghi.mp3", "băng ghi.mp3")]
    [InlineData(@"C:\loa\tin.mp3", "tin.mp3")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("tin\u202e3pm.exe\n", "tin3pm.exe")]
    [InlineData(" \u200b ", null)]
    [InlineData(null, null)]
    public void Nothing_hidden_and_no_folder_is_in_a_name(string? sent, string? shown) =>
        Assert.Equal(shown, PlainText.FileName(sent));

    [Fact]
    public void A_name_is_cut_at_100_characters() =>
        Assert.Equal(new string('n', 100), PlainText.FileName(new string('n', 5_000)));

    [Theory]
    [InlineData("<html>not a sound</html>", BulletinRefusal.NotAudio)]
    [InlineData("", BulletinRefusal.FileEmpty)]
    public async Task A_file_that_is_refused_is_named(string content, string reason)
    {
        await using var controller = await TestController.StartAsync();
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.Get<CreateBulletin>().FromUploadAsync(
            new UploadRequest("Tin", file) { FileName = "tin.mp3" }, TestController.Officer, progress: null, CancellationToken.None));

        Assert.Equal((reason, "tin.mp3"), (refused.Refusal, refused.Subject));
    }
}
