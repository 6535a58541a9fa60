using System.Text;
using SmartRadio.Audio.Reading;
using SmartRadio.Audio.Speech;
using SmartRadio.Audio.Tests.Setting;
using SmartRadio.Testing.Files;

namespace SmartRadio.Audio.Tests.Speech;

/// <summary>Vietnamese text becomes speech.</summary>
public sealed class SpeakingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_region_has_a_voice_of_its_own()
    {
        var voices = Studio.Voices();
        Assert.Equal(
            ["north", "north-female", "central", "central-female", "south", "south-female"],
            voices.Voices.Select(voice => voice.Id));

        var spoken = new List<float[]>();
        foreach (var voice in voices.Voices)
        {
            spoken.Add(await SpeakAsync(Studio.Announcement, voice.Id));
            Assert.InRange(spoken[^1].Length / 22_050.0, 8, 20);
            Assert.True(Signal.Level(spoken[^1]) > -30);
            Assert.All(spoken[..^1], other => Assert.NotEqual(other, spoken[^1]));
        }
    }

    [Theory]
    [InlineData(0.7, 1.2, 1.7)]
    [InlineData(1.5, 0.5, 0.8)]
    public async Task Speed_changes_the_length(double speed, double least, double most)
    {
        var usual = await SpeakAsync(Studio.Announcement);

        await Studio.Voices().SpeakAsync(
            Studio.Announcement, new VoiceChoice("north", speed), _folder.File("other.wav"), CancellationToken.None);

        var other = Signal.ReadWav(_folder.File("other.wav"));
        Assert.InRange((double)other.Length / usual.Length, least, most);
    }

    [Fact]
    public async Task Pitch_changes_the_voice_and_hardly_its_length()
    {
        var usual = await SpeakAsync(Studio.Announcement);

        await Studio.Voices().SpeakAsync(
            Studio.Announcement, new VoiceChoice("north", Pitch: 80), _folder.File("other.wav"), CancellationToken.None);

        var other = Signal.ReadWav(_folder.File("other.wav"));
        Assert.NotEqual(usual, other);
        Assert.InRange((double)other.Length / usual.Length, 0.9, 1.1);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("\0\u0001\u001b")]
    [InlineData("... !?")]
    [InlineData("\ud800")]
    public async Task Text_with_nothing_to_say_is_refused(string text) => await RefusedAsync(text, "north", AudioRefusal.NoText);

    [Fact]
    public async Task Text_over_the_limit_is_refused_before_anything_runs()
    {
        await RefusedAsync(new string('a', 400_001), "north", AudioRefusal.TextTooLong);
        await RefusedAsync(new string('a', 100_000_000), "north", AudioRefusal.TextTooLong);
    }

    [Fact]
    public async Task The_longest_text_is_spoken()
    {
        var text = string.Concat(Enumerable.Repeat("Kính thưa bà con nhân dân. ", 20_000 / 27));

        Assert.InRange((await SpeakAsync(text)).Length / 22_050.0 / 60, 10, 60);
    }

    [Theory]
    [InlineData("", AudioRefusal.UnknownVoice)]
    [InlineData("vi; rm -rf /", AudioRefusal.UnknownVoice)]
    [InlineData("en", AudioRefusal.UnknownVoice)]
    public async Task A_voice_that_is_not_there_is_refused(string voice, AudioRefusal reason) =>
        await RefusedAsync("xin chào", voice, reason);

    [Fact]
    public async Task Espeak_missing_is_said() =>
        await RefusedAsync(
            "xin chào", "north", AudioRefusal.EspeakMissing, options => options.EspeakPath = _folder.File("no-such-program"));

    [Fact]
    public async Task A_program_that_fails_is_said() =>
        await RefusedAsync("xin chào", "north", AudioRefusal.ToolFailed, options => options.EspeakPath = "/bin/false");

    [Fact]
    public async Task Speech_over_its_time_is_stopped() =>
        await RefusedAsync(
            Studio.Announcement, "north", AudioRefusal.TimedOut, options => options.SpeechTimeout = TimeSpan.FromMilliseconds(1));

    /// <summary>espeak-ng 1.51 writes past its stack at an abbreviation of some 80 letters.</summary>
    [Theory]
    [InlineData("A.B.C.D.", 22)]
    [InlineData("A.B.C.D.", 800)]
    [InlineData("U.B.N.D", 500)]
    [InlineData("A.", 400)]
    public async Task Abbreviation_without_end_is_spoken(string part, int times) =>
        Assert.NotEmpty(await SpeakAsync(string.Concat(Enumerable.Repeat(part, times))));

    [Fact]
    public async Task Crash_on_the_whole_text_is_tried_again_in_pieces()
    {
        // Crashes on all that holds both words.
        var voice = _folder.Program("voice", "grep -qz 'một.*hai' && kill -SEGV $$; head -c 444 /dev/zero");

        await Studio.Voices(options => options.EspeakPath = voice)
            .SpeakAsync("Câu một. Câu hai. Câu ba.", "north", _folder.File("speech.wav"), CancellationToken.None);

        Assert.Equal(3 * 200, Signal.ReadWav(_folder.File("speech.wav")).Length);
    }

    [Fact]
    public async Task Piece_that_crashes_the_voice_is_named()
    {
        var voice = _folder.Program("voice", "grep -q hai && kill -SEGV $$; head -c 444 /dev/zero");

        var refused = await Assert.ThrowsAsync<AudioRefusedException>(
            () => Studio.Voices(options => options.EspeakPath = voice)
                .SpeakAsync("Câu một. Câu hai. Câu ba.", "north", _folder.File("speech.wav"), CancellationToken.None));

        Assert.Equal(AudioRefusal.ToolCrashed, refused.Reason);
        Assert.Equal("Câu hai.", refused.Piece);
        Assert.DoesNotContain("speech.wav", _folder.Names);
    }

    [Fact]
    public async Task Control_characters_are_not_heard() =>
        Assert.Equal(await SpeakAsync("xin chào bà con"), await SpeakAsync("xin\u0001 \u001bchào\0 bà\u0007 con"));

    [Fact]
    public async Task Composed_and_decomposed_letters_sound_alike() =>
        Assert.Equal(
            await SpeakAsync(Studio.Announcement), await SpeakAsync(Studio.Announcement.Normalize(NormalizationForm.FormD)));

    [Fact]
    public void Words_of_the_longest_text_are_spoken() =>
        Assert.NotEmpty(SpokenText.Clean(ReadAloud.Read(string.Concat(Enumerable.Repeat("6 % ", 5000))).Spoken, 20_000));

    [Fact]
    public void Brackets_are_no_phoneme_codes() =>
        Assert.DoesNotContain("[[", SpokenText.Clean("một [[[[h@l@U]]]] [ hai", 100), StringComparison.Ordinal);

    [Fact]
    public async Task Text_that_looks_like_options_or_markup_is_only_text()
    {
        await SpeakAsync("-w /tmp/x --help xin chào");
        await SpeakAsync("<speak><audio src=\"/etc/passwd\"/>xin chào</speak> $(id) `id` | & ;");
    }

    [Fact]
    public async Task A_slower_pace_takes_longer()
    {
        await Studio.Voices(options => options.SpeechRate = 90)
            .SpeakAsync(Studio.Announcement, "north", _folder.File("slow.wav"), CancellationToken.None);

        Assert.True(Signal.ReadWav(_folder.File("slow.wav")).Length > 1.3 * (await SpeakAsync(Studio.Announcement)).Length);
    }

    [Fact]
    public async Task Speech_that_is_no_longer_wanted_leaves_nothing()
    {
        using var unwanted = new CancellationTokenSource();
        await unwanted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Studio.Voices().SpeakAsync(Studio.Announcement, "north", _folder.File("a.wav"), unwanted.Token));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task A_full_disk_is_said()
    {
        using var disk = SmallDisk.TryMount(megabytes: 1);
        Assert.SkipWhen(disk is null, SmallDisk.Unsupported);
        disk.FillUpTo(freeBytes: 8_192);
        var before = Directory.GetFiles(disk.Path);

        var reason = await Studio.RefusalAsync(() => Studio.Voices().SpeakAsync(
            Studio.Announcement, "north", Path.Combine(disk.Path, "speech.wav"), CancellationToken.None));

        Assert.Equal(AudioRefusal.DiskFull, reason);
        Assert.Equal(before, Directory.GetFiles(disk.Path));
    }

    private async Task<float[]> SpeakAsync(string text, string voice = "north")
    {
        await Studio.Voices().SpeakAsync(text, voice, _folder.File("speech.wav"), CancellationToken.None);
        return Signal.ReadWav(_folder.File("speech.wav"));
    }

    private async Task RefusedAsync(string text, string voice, AudioRefusal reason, Action<AudioOptions>? change = null)
    {
        Assert.Equal(
            reason, await Studio.RefusalAsync(
                () => Studio.Voices(change).SpeakAsync(text, voice, _folder.File("speech.wav"), CancellationToken.None)));
        Assert.Empty(_folder.Names);
    }
}
