using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Levels;

/// <summary>Every voice reads, before the chain and after it, what ffmpeg's meter reads, and stays under the ceiling.</summary>
public sealed class SpeechLevelTests : IDisposable
{
    private const double Tolerance = 0.5; // LU
    private const double Ceiling = -1; // dBTP

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, double> Recordings => new(
        from voice in new[] { "north", "central", "south" }
        from decibels in new[] { 30, 0, -12, -40.0 }
        select (voice, decibels));

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Speech_has_its_loudness_under_the_ceiling_by_ffmpeg_too(string voice, double decibels)
    {
        var source = _folder.File("source.wav");
        Tool.Ffmpeg(
            "-v", "error", "-i", await Studio.SaidAsync(_folder, voice), "-af", $"volume={decibels}dB", "-c:a", "pcm_s24le", source);

        var master = await Studio.Preparer().PrepareAsync(
            source, _folder.File("master.wav"), new PreparationOptions(), null, CancellationToken.None);

        var (before, after) = (SecondMeter.Read(source), SecondMeter.Read(master.Path));
        Assert.Equal(before.Loudness, master.SourceLoudness, Tolerance);
        Assert.Equal(after.Loudness, master.Loudness, Tolerance);
        Assert.InRange(after.Loudness, -19, -15.5);
        Assert.True(after.TruePeak <= Ceiling, $"{after.TruePeak} dBTP");
        Assert.True(20 * Math.Log10(Signal.ReadWav(master.Path).Max(Math.Abs)) <= Ceiling);
    }

    /// <summary>At the target the limiter would take 3 to 4 LU of these voices, and some of what is understood.</summary>
    [Theory]
    [InlineData("central")]
    [InlineData("south")]
    public async Task Speech_with_high_peaks_stays_below_the_target(string voice)
    {
        var master = await Studio.Preparer().PrepareAsync(
            await Studio.SaidAsync(_folder, voice), _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None);

        Assert.InRange(master.Loudness, -20, -17.3);
    }
}
