using SmartRadio.Audio.Levels;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Levels;

/// <summary>The meter reads what EBU R128 and ffmpeg's own meter read.</summary>
public sealed class LoudnessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_full_scale_tone_of_997_Hz_reads_minus_3_LUFS_as_BS_1770_says() =>
        Assert.Equal(-3.01, Measure(Signal.Sine(997, 5)), 0.1);

    [Fact]
    public void Silence_reads_minus_infinity() => Assert.Equal(double.NegativeInfinity, Measure(Signal.Silence(3)));

    [Fact]
    public void Nothing_reads_minus_infinity() => Assert.Equal(double.NegativeInfinity, Measure([]));

    [Fact]
    public void A_sound_shorter_than_a_block_is_measured_all_the_same() =>
        Assert.Equal(-23.0, Measure(Signal.Sine(997, 0.25, 0.1)), 0.5);

    [Fact]
    public void Pauses_do_not_count() =>
        Assert.Equal(
            Measure(Signal.Sine(997, 10, 0.1)),
            Measure([.. Signal.Sine(997, 5, 0.1), .. Signal.Silence(20), .. Signal.Sine(997, 5, 0.1)]),
            0.3);

    [Fact]
    public async Task Speech_reads_what_ffmpeg_reads() =>
        AgreesWithFfmpeg(Signal.ReadWav((await Studio.MasterAsync(_folder)).Path));

    [Theory]
    [InlineData(60, 0.5)]
    [InlineData(1000, 0.05)]
    [InlineData(3000, 0.3)]
    [InlineData(6500, 0.3)]
    public void A_tone_reads_what_ffmpeg_reads(double hertz, double amplitude) =>
        AgreesWithFfmpeg(Signal.Sine(hertz, 6, amplitude));

    [Fact]
    public void Loud_and_quiet_parts_with_gaps_read_what_ffmpeg_reads() =>
        AgreesWithFfmpeg(
        [
            .. Signal.Noise(4, 0.5, seed: 1), .. Signal.Silence(3), .. Signal.Noise(4, 0.05, seed: 2),
            .. Signal.Noise(6, 0.004, seed: 3),
            .. Signal.Sine(440, 3, 0.3),
        ]);

    private static double Measure(float[] samples)
    {
        var meter = new LoudnessMeter(16_000);
        meter.Add(samples);
        return meter.Integrated();
    }

    private void AgreesWithFfmpeg(float[] samples)
    {
        var path = _folder.File("measured.wav");
        Signal.WriteWav(path, samples);

        // ffmpeg rounds to 0.1 and filters at 48 kHz.
        Assert.Equal(SecondMeter.Read(path).Loudness, Measure(samples), 0.3);
    }
}
