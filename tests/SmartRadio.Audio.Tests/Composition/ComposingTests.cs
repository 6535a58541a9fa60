using SmartRadio.Audio.Composition;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Composition;

/// <summary>Silence goes from both ends, the chime comes in front, and the picture shows the whole.</summary>
public sealed class ComposingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Silence_goes_from_both_ends_and_stays_between_words()
    {
        float[] words = [.. Signal.Sine(500, 1, 0.2), .. Signal.Silence(3), .. Signal.Sine(700, 1, 0.2)];
        var hiss = Signal.Noise(15, 0.0005, seed: 11);
        Signal.WriteWav(
            _folder.File("in.wav"), [.. hiss.Select((noise, i) => noise + words.ElementAtOrDefault(i - (4 * 16_000)))]);

        var master = await PrepareAsync(Chime.None);

        // 5 s of words, 0.1 s before and 0.3 s after.
        Assert.Equal(5.4, master.Length.TotalSeconds, 0.05);
    }

    [Fact]
    public async Task A_quiet_recording_is_trimmed_by_its_own_loudness_and_brought_up()
    {
        float[] words = [.. Signal.Silence(2), .. Signal.Sine(600, 4, 0.003), .. Signal.Silence(2)];
        Signal.WriteWav(_folder.File("in.wav"), words);

        var master = await PrepareAsync(Chime.None);

        Assert.Equal(4.4, master.Length.TotalSeconds, 0.05);
        Assert.InRange(master.SourceLoudness, -57, -52);
        Assert.InRange(master.Loudness, -16.5, -15.5);
    }

    [Fact]
    public async Task A_loud_recording_is_brought_down()
    {
        Signal.WriteWav(_folder.File("in.wav"), Signal.Noise(5, 1, seed: 12));

        var master = await PrepareAsync(Chime.None);

        Assert.InRange(master.SourceLoudness, -6, -1);
        Assert.InRange(master.Loudness, -16.5, -15.5);
    }

    [Theory]
    [InlineData(Chime.TwoTone, 2.05, 659.26, 523.25)]
    [InlineData(Chime.ThreeTone, 2.6, 523.25, 659.26)]
    public async Task The_chime_comes_first_as_loud_as_the_words(Chime chime, double seconds, double firstTone, double secondTone)
    {
        Signal.WriteWav(_folder.File("in.wav"), Signal.Sine(1_000, 4, 0.1));

        var plain = await PrepareAsync(Chime.None);
        var master = await PrepareAsync(chime);

        Assert.Equal(plain.Length.TotalSeconds + seconds, master.Length.TotalSeconds, 0.001);
        var samples = Signal.ReadWav(master.Path);
        Assert.True(Strength(samples.AsSpan(800, 7_000), firstTone) > 10 * Strength(samples.AsSpan(800, 7_000), secondTone));
        Assert.True(Strength(samples.AsSpan(9_600, 6_400), secondTone) > 2 * Strength(samples.AsSpan(9_600, 6_400), firstTone));
        Assert.True(Signal.Level(samples.AsSpan((int)(seconds * 16_000) - 4_000, 3_900)) < -70, "a pause before the words");
        Assert.InRange(SecondMeter.Read(master.Path).Loudness, -17, -15);
    }

    [Fact]
    public async Task Speech_reaches_its_loudness_under_the_ceiling_by_another_meter_too()
    {
        var master = await Studio.MasterAsync(_folder, new PreparationOptions());

        var theirs = SecondMeter.Read(master.Path);

        Assert.InRange(theirs.Loudness, -17.5, -15.5);
        Assert.Equal(theirs.Loudness, master.Loudness, 0.3);
        Assert.True(theirs.TruePeak <= -0.8, $"{theirs.TruePeak} dBFS");
    }

    [Fact]
    public async Task The_picture_shows_each_part()
    {
        Signal.WriteWav(_folder.File("in.wav"), [.. Signal.Sine(500, 2, 0.4), .. Signal.Silence(2), .. Signal.Sine(500, 4, 0.1)]);

        var peaks = (await PrepareAsync(Chime.None)).Peaks.Select(value => (int)(sbyte)value).Chunk(2).ToArray();

        Assert.Equal(800, peaks.Length);
        Assert.All(peaks[10..180], pair => Assert.InRange(pair[1] / (double)-pair[0], 0.9, 1.1));
        Assert.All(peaks[210..370], pair => Assert.Equal([0, 0], pair));
        Assert.Equal(4, (double)peaks[100][1] / peaks[600][1], 0.5);
    }

    [Fact]
    public async Task Progress_rises_to_the_end()
    {
        var heard = new List<double>();

        await Studio.Preparer().PrepareAsync(
            await Studio.SpeechAsync(_folder), _folder.File("master.wav"), new PreparationOptions(),
            new Progression(heard.Add), CancellationToken.None);

        Assert.Equal(heard.Order(), heard);
        Assert.True(heard.Count > 10);
        Assert.Equal(1, heard[^1], 1e-9);
    }

    private Task<Master> PrepareAsync(Chime chime) => Studio.Preparer().PrepareAsync(
        _folder.File("in.wav"), _folder.File("master.wav"), new PreparationOptions { Before = [new ChimePart(chime)] },
        null, CancellationToken.None);

    // How much of a tone there is, by Fourier's sum at its frequency.
    private static double Strength(ReadOnlySpan<float> samples, double hertz)
    {
        double real = 0;
        double imaginary = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * hertz * i / 16_000);
            real += samples[i] * cosine;
            imaginary += samples[i] * sine;
        }

        return Math.Sqrt((real * real) + (imaginary * imaginary));
    }
}
