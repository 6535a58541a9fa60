using SmartRadio.Audio.Tests.Setting;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Audio.Tests.Codecs;

/// <summary>A horn is given 200 to 7,000 Hz, and by µ-law at 8 kHz the band of telephony, by the spectrum of noise.</summary>
public sealed class BandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_master_has_200_to_7000_Hz()
    {
        var samples = Signal.ReadWav((await MasterAsync()).Path);

        AssertBand(samples, Master.SampleRate, 200, 6_900, -20);
        Assert.InRange(Density(samples, Master.SampleRate, 7_000), -4, 0);
        Assert.True(Density(samples, Master.SampleRate, 7_500) < -50);
    }

    [Theory]
    [InlineData(CodecId.ULaw8, 300, -7)]
    [InlineData(CodecId.Ima8, 200, -12)] // the codec's own noise
    public async Task At_8_kHz_it_ends_at_3400_Hz(CodecId codec, int from, double most)
    {
        using var bytes = new MemoryStream();
        await Studio.Encoder().EncodeAsync((await MasterAsync()).Path, codec, bytes, null, CancellationToken.None);

        AssertBand(Decoded(bytes.ToArray(), codec), SoundFormat.Rate(codec), from, 3_400, most);
    }

    [Theory]
    [InlineData(CodecId.ULaw8)]
    [InlineData(CodecId.Ima8)]
    public async Task The_ceiling_holds_for_what_a_node_is_given(CodecId codec)
    {
        var clipped = await Studio.SpeechAsync(_folder, "clipped.wav", "-af", "volume=30dB");
        var master = await Studio.Preparer().PrepareAsync(
            clipped, _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None);
        using var bytes = new MemoryStream();

        await Studio.Encoder().EncodeAsync(master.Path, codec, bytes, null, CancellationToken.None);

        // A step of µ-law is 3 % of the sample.
        Assert.True(Decoded(bytes.ToArray(), codec).Max(Math.Abs) < 0.891 * 1.04);
    }

    [Theory]
    [InlineData(CodecId.ULaw8, "north")]
    [InlineData(CodecId.ULaw8, "central")]
    [InlineData(CodecId.ULaw8, "south")]
    [InlineData(CodecId.Ima8, "north")]
    [InlineData(CodecId.Ima8, "central")]
    [InlineData(CodecId.Ima8, "south")]
    public async Task What_a_node_plays_stays_under_the_ceiling_between_samples_too(CodecId codec, string voice)
    {
        var master = await Studio.Preparer().PrepareAsync(
            await Studio.SaidAsync(_folder, voice), _folder.File("master.wav"), new PreparationOptions(), null,
            CancellationToken.None);
        using var bytes = new MemoryStream();
        await Studio.Encoder().EncodeAsync(master.Path, codec, bytes, null, CancellationToken.None);
        Signal.WriteWav(_folder.File("heard.wav"), Decoded(bytes.ToArray(), codec), SoundFormat.Rate(codec));

        // The meter rounds to 0.1 dB, and so does a step of µ-law.
        Assert.InRange(SecondMeter.Read(_folder.File("heard.wav")).TruePeak, -6, -0.9);
    }

    private static float[] Decoded(byte[] bytes, CodecId codec) =>
        [.. Device.Decode(bytes, codec).Select(sample => sample / 32_768f)];

    // Whole from end to end of the band, and so much weaker an octave below it.
    private static void AssertBand(float[] samples, int rate, int from, int to, double most)
    {
        Assert.InRange(Density(samples, rate, from), -1, 1);
        Assert.InRange(Density(samples, rate, to), -1, 1);
        Assert.True(Density(samples, rate, from / 2.0) < most, $"{Density(samples, rate, from / 2.0):F1} dB");
    }

    // In dB of that from 900 to 1,100 Hz.
    private static double Density(float[] samples, int rate, double hertz) =>
        10 * Math.Log10(Power(samples, rate, hertz) / Enumerable.Range(0, 11).Average(i => Power(samples, rate, 900 + (20 * i))));

    // The mean over tenths of a second, each under a Hann window, of 20 Hz around a frequency.
    private static double Power(float[] samples, int rate, double hertz) =>
        samples.Chunk(rate / 10).Where(block => block.Length == rate / 10).Average(block =>
        {
            var (real, imaginary) = (0.0, 0.0);
            for (var i = 0; i < block.Length; i++)
            {
                var (sine, cosine) = Math.SinCos(2 * Math.PI * hertz * i / rate);
                var sample = block[i] * (1 - Math.Cos(2 * Math.PI * i / block.Length));
                (real, imaginary) = (real + (sample * cosine), imaginary + (sample * sine));
            }

            return (real * real) + (imaginary * imaginary);
        });

    private Task<Master> MasterAsync()
    {
        Signal.WriteWav(_folder.File("noise.wav"), Signal.Noise(30, 0.3, seed: 41));
        return Studio.Preparer().PrepareAsync(
            _folder.File("noise.wav"), _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None);
    }
}
