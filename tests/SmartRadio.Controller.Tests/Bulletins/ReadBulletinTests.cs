namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>A voice is given an announcer's words, whatever the text looks like.</summary>
public sealed class ReadBulletinTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-voice-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Voice_is_given_words_and_the_bulletin_keeps_what_was_written()
    {
        const string written = "Sáng 20/11, UBND xã họp lúc 7h.";
        await using var controller = await StartAsync("Sáng ngày hai mươi tháng mười một, ủy ban nhân dân xã họp lúc bảy giờ.");

        var bulletin = await controller.SpeakAsync(written);

        Assert.Equal(written, bulletin.Text);
    }

    [Theory]
    [InlineData("\ud83d\ude4f \ud83d\udca7\ud83d\udca7")]
    [InlineData("--- ... ***")]
    public async Task Text_without_a_word_is_refused_by_what_it_lacks(string text)
    {
        await using var controller = await TestController.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.SpeakAsync(text));

        Assert.Equal(Refusal.TextMissing, refused.Refusal);
    }

    [Fact]
    public async Task Text_over_the_limit_is_refused_by_its_length()
    {
        await using var controller = await TestController.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.SpeakAsync(new string('a', 50_000)));

        Assert.Equal(Refusal.TextTooLong, refused.Refusal);
        Assert.Equal([20_000], refused.Values);
    }

    [Theory]
    [InlineData("UBND HĐND MTTQ BCH PCTT ", 300)]
    [InlineData("\u202eשלום עליכם 20/11 ", 20)]
    [InlineData("مرحبا بكم في ", 20)]
    public async Task Odd_text_is_spoken(string part, int times)
    {
        await using var controller = await TestController.StartAsync();

        var bulletin = await controller.SpeakAsync(string.Concat(Enumerable.Repeat(part, times)));

        Assert.True(bulletin.Length > TimeSpan.FromSeconds(3), bulletin.Length.ToString());
    }

    // A voice that speaks these words alone.
    private Task<TestController> StartAsync(string words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The voice is a script.");
        var voice = Path.Combine(_folder, "voice");
        File.WriteAllText(
            voice,
            "#!/bin/sh\n" + $"text=$(cat)\n[ \"$text\" = \"{words}\" ] && echo \"$text\" | espeak-ng -v vi --stdin --stdout\n");
#pragma warning disable CA1416 // Skipped there.
        File.SetUnixFileMode(voice, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return TestController.StartAsync(null, ("Audio:EspeakPath", voice));
    }
}
