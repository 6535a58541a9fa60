using SmartRadio.Audio.Levels;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Levels;

/// <summary>Speakers who are not equally loud become so; nothing else is changed, and no pause is raised.</summary>
public sealed class EveningTests : IDisposable
{
    private const int Rate = Master.SampleRate;
    private const double Step = 21;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, Step, 0)]
    [InlineData(Step, 0, 0)]
    [InlineData(0, Step, 3)]
    [InlineData(Step, 0, 3)]
    [InlineData(0, 8, 0.3)]
    [InlineData(0, 27, 0.3)]
    public async Task Two_speakers_far_apart_come_out_equally_loud(double first, double second, double pause)
    {
        var speech = await SpeechAsync();
        var room = Signal.Noise(pause, 0.0005, seed: 31);

        var samples = await PrepareAsync([.. Lowered(speech, first), .. room, .. Lowered(speech, second)]);

        var (one, other) = (Loudness(samples[..speech.Length]), Loudness(samples[^speech.Length..]));
        Assert.Equal(one, other, 2.0);
        Assert.InRange(Loudness(samples), -17.5, -15);
    }

    [Theory]
    [InlineData(Step, SoundRepairs.Evened)]
    [InlineData(0, SoundRepairs.None)]
    public async Task Evening_is_told(double second, SoundRepairs repairs)
    {
        var speech = await SpeechAsync();

        Assert.Equal(repairs, (await MasterAsync([.. speech, .. Lowered(speech, second)])).Repairs);
    }

    [Fact]
    public async Task A_step_in_the_middle_of_a_word_is_evened_within_half_a_second()
    {
        var speech = await SpeechAsync();
        float[] twice = [.. speech, .. speech];
        var at = LoudestPlace(twice, twice.Length / 2 - (2 * Rate), twice.Length / 2);
        float[] stepped = [.. twice[..at], .. Lowered(twice[at..], Step)];

        var even = await PrepareAsync(twice);
        var samples = await PrepareAsync(stepped);

        Assert.Equal(even.Length, samples.Length);
        AssertSame(even, samples, ..(at - (Rate / 2)), 2);
        AssertSame(even, samples, (at + (Rate / 2)).., 2);
    }

    [Fact]
    public async Task Of_four_parts_each_is_brought_to_the_same()
    {
        var speech = await SpeechAsync();
        float[][] parts = [speech, Lowered(speech, 12), Lowered(speech, -3), Lowered(speech, Step)];

        var samples = await PrepareAsync([.. parts.SelectMany(part => part)]);

        var loudness = samples.Chunk(speech.Length).Take(4).Select(Loudness).ToList();
        Assert.True(loudness.Max() - loudness.Min() < 3.5, string.Join(' ', loudness.Select(each => $"{each:F1}")));
    }

    [Theory]
    [InlineData(0, Step)]
    [InlineData(Step, 0)]
    public async Task A_pause_between_two_speakers_keeps_the_lower_gain(double first, double second)
    {
        var speech = await SpeechAsync();
        float[] sound = [.. Lowered(speech, first), .. Signal.Noise(3, 0.001, seed: 32), .. Lowered(speech, second)];

        var curve = CurveOf(sound)!;

        var begin = speech.Length * 100 / Rate;
        var lower = Math.Min(curve.At(0), curve.At(sound.Length * 100 / Rate));
        Assert.All(Enumerable.Range(begin + 25, 250), window => Assert.Equal(lower, curve.At(window), 0.001));
    }

    [Fact]
    public async Task The_gain_stands_still_while_a_speaker_pauses()
    {
        var speech = await SpeechAsync();
        var pause = Signal.Noise(6, 0.0003, seed: 33);
        float[] sound = [.. speech, .. Lowered([.. speech, .. pause, .. speech], Step)];

        var curve = CurveOf(sound)!;

        var windows = Enumerable.Range((speech.Length * 100 / Rate) + 100, (sound.Length - speech.Length) * 100 / Rate - 100);
        Assert.All(windows, window => Assert.Equal(curve.At(sound.Length), curve.At(window)));
    }

    [Theory]
    [InlineData("north")]
    [InlineData("central")]
    [InlineData("south")]
    public async Task Ordinary_speech_changes_by_less_than_1_LU(string voice)
    {
        var speech = await SpeechAsync(voice);

        AssertUnchanged(speech);
        AssertUnchanged([.. speech, .. Signal.Silence(2), .. Lowered(speech, 2), .. Signal.Silence(2), .. Lowered(speech, -2)]);
    }

    [Theory]
    [InlineData("rain")]
    [InlineData("engine")]
    [InlineData("tone")]
    [InlineData("steps")]
    public async Task What_nobody_says_is_not_raised(string kind)
    {
        var speech = await SpeechAsync();
        float[] noise = kind switch
        {
            "rain" => Signal.Noise(15, 0.03, seed: 34),
            "engine" => [.. Signal.Sine(220, 15, 0.02).Zip(Signal.Sine(331, 15, 0.02), (one, other) => one + other)],
            "tone" => Signal.Sine(700, 15, 0.02),
            _ => [.. Signal.Noise(15, 0.03, seed: 35).Select((sample, i) => i % Rate < Rate / 20 ? sample / 30 : 0f)],
        };

        AssertUnchanged([.. speech, .. noise, .. speech]);
    }

    [Fact]
    public void Silence_and_nothing_have_no_curve()
    {
        Assert.Null(GainCurve.Of([]));
        Assert.Null(CurveOf(Signal.Silence(5)));
        Assert.Null(CurveOf(Signal.Noise(0.3, 0.5, seed: 37)));
    }

    private static float[] Lowered(float[] samples, double decibels) =>
        [.. samples.Select(sample => sample * (float)Decibels.ToFactor(-decibels))];

    private static double Loudness(float[] samples) => Metered(samples).Integrated();

    private static LoudnessMeter Metered(float[] samples)
    {
        var meter = new LoudnessMeter(Rate);
        meter.Add(samples);
        return meter;
    }

    private static GainCurve? CurveOf(float[] samples) => GainCurve.Of(Metered(samples).Windows);

    private static void AssertUnchanged(float[] samples)
    {
        if (CurveOf(samples) is { } curve)
        {
            Assert.All(
                Enumerable.Range(0, samples.Length * 100 / Rate),
                window => Assert.InRange(20 * Math.Log10(curve.At(window)), -1, 1));
        }
    }

    private static void AssertSame(float[] one, float[] other, Range range, double tolerance) =>
        Assert.Equal(Loudness(one[range]), Loudness(other[range]), tolerance);

    private static int LoudestPlace(float[] samples, int from, int to) =>
        Enumerable.Range(from / 800, (to - from) / 800).MaxBy(i => Signal.Level(samples.AsSpan(i * 800, 800))) * 800;

    private async Task<float[]> SpeechAsync(string voice = "north") =>
        [.. Tool.Decode(await Studio.SaidAsync(_folder, voice), Rate).Select(sample => sample / 65_536f)];

    private async Task<float[]> PrepareAsync(float[] samples) => Signal.ReadWav((await MasterAsync(samples)).Path);

    private Task<Master> MasterAsync(float[] samples)
    {
        Signal.WriteWav(_folder.File("in.wav"), samples);
        return Studio.Preparer().PrepareAsync(
            _folder.File("in.wav"), _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None);
    }
}
