using SmartRadio.Audio.Composition;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Composition;

/// <summary>Masters are made of chimes, pauses and stretches of other masters.</summary>
public sealed class JoiningTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Parts_follow_each_other_in_their_order_with_their_lengths()
    {
        Signal.WriteWav(_folder.File("one.wav"), Signal.Sine(500, 2, 0.2));
        Signal.WriteWav(_folder.File("two.wav"), Signal.Sine(900, 3, 0.2));

        var master = await JoinAsync(
            new ChimePart(Chime.TwoTone), new StretchPart(_folder.File("one.wav")), new PausePart(TimeSpan.FromSeconds(1.5)),
            new StretchPart(_folder.File("two.wav")), new ChimePart(Chime.None));

        Assert.Equal([2.05, 2, 1.5, 3, 0], master.Parts.Select(part => part.TotalSeconds));
        Assert.Equal(8.55, master.Length.TotalSeconds, 1e-9);
        var samples = Signal.ReadWav(master.Path);
        Assert.Equal(Signal.ReadWav(_folder.File("one.wav")), samples[32_800..64_800]);
        Assert.All(samples[64_800..88_800], sample => Assert.Equal(0, sample));
        Assert.Equal(Signal.ReadWav(_folder.File("two.wav")), samples[88_800..]);
    }

    [Fact]
    public async Task A_stretch_is_cut_out_and_faded_where_it_was_cut()
    {
        Signal.WriteWav(_folder.File("one.wav"), [.. Enumerable.Repeat(0.5f, 16_000), .. Enumerable.Repeat(0.25f, 16_000)]);

        var master = await JoinAsync(
            new StretchPart(_folder.File("one.wav"), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5)));

        var samples = Signal.ReadWav(master.Path);
        Assert.Equal(16_000, samples.Length);
        Assert.Equal((0, 0), (samples[0], samples[^1]));
        Assert.Equal((0.25, 0.5, 0.25), (samples[80], samples[7_999], samples[8_000]));
        Assert.Equal(0.125, samples[^81], 0.001);
    }

    [Fact]
    public async Task A_siren_rises_and_falls_at_the_loudness_of_masters()
    {
        var master = await JoinAsync(new ChimePart(Chime.Siren));

        Assert.Equal(6.3, master.Length.TotalSeconds, 0.001);
        Assert.InRange(SecondMeter.Read(master.Path).Loudness, -17.5, -15);
        var samples = Signal.ReadWav(master.Path);
        Assert.InRange(Crossings(samples.AsSpan(0, 1_600)), 95, 110);
        Assert.InRange(Crossings(samples.AsSpan(23_200, 1_600)), 190, 210);
        Assert.InRange(Crossings(samples.AsSpan(47_200, 1_600)), 95, 110);
    }

    [Fact]
    public async Task A_whole_that_is_too_long_is_refused_and_leaves_nothing()
    {
        Signal.WriteWav(_folder.File("one.wav"), Signal.Sine(500, 2, 0.2));

        var reason = await Studio.RefusalAsync(() => Studio.Composer(options => options.MaxLength = TimeSpan.FromSeconds(3))
            .JoinAsync(
                [new StretchPart(_folder.File("one.wav")), new StretchPart(_folder.File("one.wav"))],
                _folder.File("master.wav"), progress: null, CancellationToken.None));

        Assert.Equal(AudioRefusal.TooLong, reason);
        Assert.Equal(["one.wav"], _folder.Names);
    }

    [Fact]
    public async Task Trimming_keeps_the_stretch_as_loud_as_it_is()
    {
        Signal.WriteWav(_folder.File("whole.wav"), [.. Signal.Sine(500, 4, 0.4), .. Signal.Sine(700, 4, 0.04)]);

        var master = await TrimAsync(5, 7);

        Assert.Equal([2.05, 2, 0.5], master.Parts.Select(part => part.TotalSeconds));
        Assert.Equal(
            Signal.ReadWav(_folder.File("whole.wav"))[(5 * 16_000 + 160)..(7 * 16_000 - 160)],
            Signal.ReadWav(master.Path)[(32_800 + 160)..(32_800 + 32_000 - 160)]);
    }

    [Fact]
    public async Task Five_trims_leave_loudness_and_sound_of_what_stays()
    {
        var speech = Signal.ReadWav((await Studio.MasterAsync(_folder)).Path);
        var whole = new StretchPart(_folder.File("0.wav"));
        Signal.WriteWav(whole.Path, speech);
        foreach (var trim in Enumerable.Range(1, 5))
        {
            // Each takes a quarter of a second from the end, the first from the beginning too.
            var length = TimeSpan.FromSeconds((speech.Length / 16_000d) - (0.25 * trim) - (trim > 1 ? 0.25 : 0));
            var from = TimeSpan.FromSeconds(trim == 1 ? 0.25 : 0);
            await Studio.Composer().TrimAsync(
                whole with { From = from, To = from + length, BeginsPart = trim > 1 }, Studio.Plain, _folder.File($"{trim}.wav"),
                progress: null, CancellationToken.None);
            whole = new StretchPart(_folder.File($"{trim}.wav"));
        }

        var samples = Signal.ReadWav(whole.Path);
        var kept = speech.AsSpan(4_000, samples.Length).ToArray();
        Assert.Equal(kept[160..^160], samples[160..^160]);
        Signal.WriteWav(_folder.File("kept.wav"), kept);
        Assert.Equal(SecondMeter.Read(_folder.File("kept.wav")).Loudness, SecondMeter.Read(whole.Path).Loudness, 0.1);
    }

    [Fact]
    public async Task A_part_that_is_copied_whole_is_not_faded()
    {
        Signal.WriteWav(_folder.File("one.wav"), [.. Enumerable.Repeat(0.5f, 32_000)]);

        var master = await JoinAsync(
            new StretchPart(_folder.File("one.wav"), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5))
            {
                BeginsPart = true,
                EndsPart = true,
            });

        Assert.All(Signal.ReadWav(master.Path), sample => Assert.Equal(0.5f, sample));
    }

    [Fact]
    public async Task Trimming_to_silence_is_refused_and_leaves_nothing()
    {
        Signal.WriteWav(_folder.File("whole.wav"), [.. Signal.Sine(500, 4, 0.4), .. Signal.Silence(4)]);

        Assert.Equal(AudioRefusal.Silent, await Studio.RefusalAsync(() => TrimAsync(5, 7)));
        Assert.Equal(["whole.wav"], _folder.Names);
    }

    [Fact]
    public async Task Progress_of_trimming_rises_to_the_end()
    {
        Signal.WriteWav(_folder.File("whole.wav"), Signal.Noise(8, 0.2, seed: 5));
        var heard = new List<double>();

        await TrimAsync(1, 7, new Progression(heard.Add));

        Assert.Equal(heard.Order(), heard);
        Assert.True(heard.Count > 10);
        Assert.Equal(1, heard[^1], 1e-9);
    }

    private Task<Master> JoinAsync(params SoundPart[] parts) =>
        Studio.Composer().JoinAsync(parts, _folder.File("master.wav"), progress: null, CancellationToken.None);

    private Task<Master> TrimAsync(double from, double to, IProgress<double>? progress = null) => Studio.Composer().TrimAsync(
        new StretchPart(_folder.File("whole.wav"), TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to)),
        new PreparationOptions { After = [new PausePart(TimeSpan.FromSeconds(0.5))] },
        _folder.File("master.wav"), progress, CancellationToken.None);

    private static int Crossings(ReadOnlySpan<float> samples)
    {
        var crossings = 0;
        for (var i = 1; i < samples.Length; i++)
        {
            crossings += samples[i - 1] < 0 != samples[i] < 0 ? 1 : 0;
        }

        return crossings;
    }
}
