using SmartRadio.Audio.Levels;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Levels;

/// <summary>No peak passes the ceiling, and nothing else is changed.</summary>
public sealed class LimitingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sound_under_the_ceiling_comes_out_as_it_went_in()
    {
        var quiet = Signal.Noise(1, 0.3, seed: 4);

        var limited = Signal.ReadAll(new Limiter(Signal.Sound(quiet), -1));

        Assert.Equal(quiet.Length, limited.Length);
        Assert.All(quiet.Zip(limited), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(79)]
    [InlineData(200)]
    public void Sounds_shorter_than_the_look_ahead_keep_their_length(int length) =>
        Assert.Equal(length, Signal.ReadAll(new Limiter(Signal.Sound(new float[length]), -1)).Length);

    [Theory]
    [InlineData("clicks")]
    [InlineData("noise")]
    [InlineData("bursts")]
    [InlineData("between samples")]
    public void No_peak_passes_the_ceiling_between_samples_either(string kind)
    {
        float[] loud = kind switch
        {
            "clicks" => [.. Enumerable.Range(0, 32_000).Select(i => i % 1_733 == 0 ? 4f : 0.1f)],
            "noise" => Signal.Noise(2, 3, seed: 5),
            "bursts" =>
                [.. Signal.Silence(0.5), .. Signal.Sine(900, 0.3, 2.5), .. Signal.Silence(0.2), .. Signal.Sine(2500, 0.5, 1.5)],
            // A quarter of the sample rate, the samples 45 degrees from its peaks: the wave is 3 dB higher than any sample.
            _ => [.. Enumerable.Range(0, 32_000)
                .Select(i => (float)(1.2 * Math.Sin(Math.PI * i / 32_000) * Math.Sin((Math.PI * i / 2) + (Math.PI / 4))))],
        };

        var limited = Signal.ReadAll(new Limiter(Signal.Sound(loud), -1));

        Assert.Equal(loud.Length, limited.Length);
        Assert.True(limited.Max(Math.Abs) <= Decibels.ToFactor(-1) + 1e-4);
        Assert.InRange(TruePeakByFfmpeg(limited), -20, -0.7);
    }

    [Fact]
    public void The_gain_is_down_before_the_peak_and_comes_back_after_it()
    {
        var samples = Signal.Sine(500, 2, 0.5);
        samples[16_000] = 4;

        var limited = Signal.ReadAll(new Limiter(Signal.Sound(samples), -1));

        Assert.InRange(limited[16_000], 0.8, 0.892);
        Assert.True(Signal.Level(limited.AsSpan(15_995, 5)) < Signal.Level(samples.AsSpan(15_995, 5)) - 6, "before the peak");
        Assert.Equal(Signal.Level(samples.AsSpan(8_000, 7_000)), Signal.Level(limited.AsSpan(8_000, 7_000)), 0.01);
        Assert.Equal(Signal.Level(samples.AsSpan(26_000, 6_000)), Signal.Level(limited.AsSpan(26_000, 6_000)), 0.1);
    }

    [Fact]
    public void The_sliding_minimum_is_the_lowest_of_the_last_values()
    {
        var values = Signal.Noise(0.2, 1, seed: 6);
        var minimum = new SlidingMinimum(37);

        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[Math.Max(0, i - 36)..(i + 1)].Min(), minimum.Next(values[i]));
        }
    }

    private double TruePeakByFfmpeg(float[] samples)
    {
        var path = _folder.File("limited.wav");
        Signal.WriteWav(path, samples);
        return SecondMeter.Read(path).TruePeak;
    }
}
