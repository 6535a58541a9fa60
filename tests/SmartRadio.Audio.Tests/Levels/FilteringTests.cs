using NAudio.Wave;
using NAudio.Wave.SampleProviders;
using SmartRadio.Audio.Codecs;
using SmartRadio.Audio.Levels;
using SmartRadio.Audio.Tests.Setting;
using SmartRadio.Audio.Wav;

namespace SmartRadio.Audio.Tests.Levels;

/// <summary>The high-pass for horns and the low-pass before 8 kHz let through what they should.</summary>
public sealed class FilteringTests
{
    [Theory]
    [InlineData(50, -200, -50)]
    [InlineData(85, -200, -45)]
    [InlineData(140, -6.5, -5.5)]
    [InlineData(200, -0.1, 0.1)]
    [InlineData(400, -0.1, 0.1)]
    [InlineData(3000, -0.1, 0.1)]
    public void The_high_pass_spares_the_horn_what_it_cannot_play(double hertz, double least, double most)
    {
        var tone = Signal.Sine(hertz, 2, 0.5);

        var passed = Signal.ReadAll(new HighPass(Signal.Sound(tone), 200));

        Assert.Equal(tone.Length, passed.Length);
        Assert.InRange(Signal.Level(passed.AsSpan(500, 31_000)) - Signal.Level(tone.AsSpan(500, 31_000)), least, most);
    }

    [Theory]
    [InlineData(100, -10, -8.5)]
    [InlineData(150, -4.5, -3.5)]
    [InlineData(300, -0.2, 0.1)]
    [InlineData(3000, -0.1, 0.1)]
    public void The_gentle_high_pass_leaves_some_of_the_low_voice(double hertz, double least, double most)
    {
        var tone = Signal.Sine(hertz, 2, 0.5);

        var passed = Signal.ReadAll(new HighPass(Signal.Sound(tone), 300, isGentle: true));

        Assert.InRange(Signal.Level(passed.AsSpan(500, 31_000)) - Signal.Level(tone.AsSpan(500, 31_000)), least, most);
    }

    [Theory]
    [InlineData(300, -0.05, 0.05)]
    [InlineData(6900, -0.3, 0.05)]
    [InlineData(7000, -1.5, 0)]
    [InlineData(7500, -200, -55)]
    [InlineData(7900, -200, -60)]
    public void The_low_pass_takes_what_no_horn_gives(double hertz, double least, double most)
    {
        var tone = Signal.Sine(hertz, 2, 0.5);

        var passed = Signal.ReadAll(new LowPass(Signal.Sound(tone)));

        Assert.Equal(tone.Length, passed.Length);
        var change = Signal.Level(passed.AsSpan(500, 31_000)) - Signal.Level(tone.AsSpan(500, 31_000));
        Assert.InRange(change, least, most);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(54)]
    [InlineData(108)]
    [InlineData(1001)]
    public void The_low_pass_keeps_the_length_and_the_place(int length)
    {
        var samples = new float[length];
        samples[length / 2] = 1;

        var passed = Signal.ReadAll(new LowPass(Signal.Sound(samples)));

        Assert.Equal(length, passed.Length);
        Assert.Equal(length / 2, Array.IndexOf(passed, passed.Max()));
    }

    [Theory]
    [InlineData(19.0)]
    [InlineData(1001.0)]
    [InlineData(double.NaN)]
    public void A_cut_off_out_of_range_is_an_error(double hertz) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HighPass(Signal.Sound([]), hertz));

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(3000)]
    [InlineData(3400)]
    public void Halving_the_rate_keeps_the_band_of_telephony(double hertz)
    {
        var half = Signal.ReadAll(new HalfRate(Signal.Sound(Signal.Sine(hertz, 1, 0.5))));

        Assert.Equal(8_000, half.Length);
        Assert.Equal(Signal.Level(Signal.Sine(hertz, 1, 0.5, 8_000)), Signal.Level(half.AsSpan(500, 7_000)), 0.05);
    }

    [Theory]
    [InlineData(4010)]
    [InlineData(4600)]
    [InlineData(6000)]
    [InlineData(7900)]
    public void Halving_the_rate_folds_nothing_back(double hertz)
    {
        var half = Signal.ReadAll(new HalfRate(Signal.Sound(Signal.Sine(hertz, 1))));

        Assert.True(Signal.Level(half.AsSpan(500, 7_000)) < -66, $"{Signal.Level(half.AsSpan(500, 7_000)):F1} dB");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(57)]
    [InlineData(118)]
    [InlineData(1001)]
    public void Halving_the_rate_keeps_the_length_and_the_place(int length)
    {
        var samples = new float[length];
        samples[length / 4 * 2] = 1;

        var half = Signal.ReadAll(new HalfRate(Signal.Sound(samples)));

        Assert.Equal((length + 1) / 2, half.Length);
        Assert.Equal(length / 4, Array.IndexOf(half, half.Max()));
    }

    [Fact]
    public void Reading_in_other_pieces_gives_the_same_samples()
    {
        var samples = Signal.Noise(1, 2, seed: 7);

        Assert.Equal(Chain(1), Chain(2));

        float[] Chain(int seed) => Signal.ReadAll(
            new HalfRate(new Limiter(new LowPass(new HighPass(Signal.Sound(samples), 200)), -1)), seed);
    }

    [Fact]
    public void Reading_takes_no_memory_once_it_has_begun()
    {
        using var folder = new TempFolder();
        Signal.WriteWav(folder.File("in.wav"), Signal.Noise(10, 0.9, seed: 8));
        using var file = MasterFile.Open(folder.File("in.wav"));
        var louder = new VolumeSampleProvider(new LowPass(new HighPass(file.ToSampleProvider(), 200))) { Volume = 2 };
        var chain = new HalfRate(new ConcatenatingSampleProvider([new Limiter(louder, -1), Signal.Sound(Signal.Silence(1))]));
        var buffer = new float[1000];
        Assert.Equal(2000, chain.Read(buffer) + chain.Read(buffer));

        var before = GC.GetAllocatedBytesForCurrentThread();
        while (chain.Read(buffer) > 0)
        {
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
