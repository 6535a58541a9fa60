using NanoFramework.IlCheck.Il;
using SmartRadio.Firmware.Tests.Bench;
using SmartRadio.Node.Sound;
using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Firmware.Tests.Cost;

/// <summary>
/// The decoders' cost on the device, from the assemblies that are flashed. An instruction takes an ESP32's interpreter 0.3 to
/// 1.0 µs, a sample at 8 kHz lasts 125 µs: the limits leave most of it to the network.
/// </summary>
public sealed class InstructionsPerSampleTests(ITestOutputHelper output) : IDisposable
{
    private const double MostForULaw = 32;
    private const double MostForIma = 100;

    private readonly DeviceAssembly[] _device =
        [DeviceAssembly.Open(Repository.DeviceAssembly("SmartRadio.Protocol")),
            DeviceAssembly.Open(Repository.DeviceAssembly("SmartRadio.Node"))];

    public void Dispose() => Array.ForEach(_device, assembly => assembly.Dispose());

    [Fact]
    public void Mu_law_takes_at_most_32()
    {
        var cost = Device(nameof(ULawDecoder), Noise(8000), unit: 500);

        Assert.Equal(OnDotnet(new ULawDecoder(), Noise(8000), unit: 500), cost.Pcm);
        Assert.InRange(cost.PerSample, 1, MostForULaw);
    }

    [Fact]
    public void Ima_adpcm_takes_at_most_100()
    {
        var blocks = Noise(SoundFormat.ImaBlockBytes * 16);
        for (var block = 0; block < blocks.Length; block += SoundFormat.ImaBlockBytes)
        {
            blocks[block + 2] %= ImaAdpcm.StepCount;
        }

        var cost = Device(nameof(ImaDecoder), blocks, SoundFormat.ImaBlockBytes);

        Assert.Equal(OnDotnet(new ImaDecoder(), blocks, SoundFormat.ImaBlockBytes), cost.Pcm);
        Assert.InRange(cost.PerSample, 1, MostForIma);
    }

    [Fact]
    public void A_decoder_that_scales_each_sample_is_over_the_limit()
    {
        const string wasteful = """
            public sealed class Wasteful
            {
                private int _volume;
                private byte[] _data;
                private int _next;
                private int _end;

                public void SetVolume(int percent) { _volume = percent; }

                public void Begin(byte[] data, int offset, int bytes) { _data = data; _next = offset; _end = offset + bytes; }

                public int Decode(byte[] pcm, int samples)
                {
                    int count = 0;
                    while (count < samples && _next < _end)
                    {
                        int sample = (_data[_next] - 128) * 256 * _volume / 100;
                        _next++;
                        pcm[count * 2] = (byte)sample;
                        pcm[count * 2 + 1] = (byte)(sample >> 8);
                        count++;
                    }

                    return count;
                }
            }
            """;
        using var compiled = new DeviceAssembly(new MemoryStream(SnippetCompiler.Compile(wasteful)));

        Assert.True(DecodingCost.Of("Wasteful", Noise(8000), 500, compiled).PerSample > MostForULaw);
    }

    [Fact]
    public void Instructions_are_counted_as_they_run_not_as_they_are_written()
    {
        // Each turn: load, load, add, store; load, 1, add, store; load, load, branch. Around them: 0, store, 0, store, branch to
        // the first comparison (3 instructions), and the return's two.
        const string loop =
            "public sealed class Loop { public int Sum(int n) { int sum = 0; for (int i = 0; i < n; i++) { sum += i; } return sum; } }";
        using var compiled = new DeviceAssembly(new MemoryStream(SnippetCompiler.Compile(loop)));
        var machine = new IlMachine(compiled);
        var made = machine.New("Loop");
        var before = machine.Executed;

        Assert.Equal(4950, machine.Call(made, "Sum", 100));
        Assert.Equal((100 * 11) + 10, machine.Executed - before);
    }

    [Fact]
    public void Machine_does_not_guess_an_unknown_instruction()
    {
        using var compiled = new DeviceAssembly(
            new MemoryStream(SnippetCompiler.Compile("public sealed class C { public int F(long a) { return (int)(a * 2); } }")));
        var machine = new IlMachine(compiled);

        Assert.ThrowsAny<Exception>(() => machine.Call(machine.New("C"), "F", 3L));
    }

    private static byte[] Noise(int bytes)
    {
        var noise = new byte[bytes];
        new Random(5).NextBytes(noise);
        return noise;
    }

    private static byte[] OnDotnet(IDecoder decoder, byte[] sound, int unit)
    {
        decoder.SetVolume(70);
        var pcm = new List<byte>();
        var slice = new byte[unit * 4];
        for (var offset = 0; offset < sound.Length; offset += unit)
        {
            decoder.Begin(sound, offset, unit);
            pcm.AddRange(slice.AsSpan(0, decoder.Decode(slice, unit * 2) * 2));
        }

        return [.. pcm];
    }

    private DecodingCost Device(string decoder, byte[] sound, int unit)
    {
        var cost = DecodingCost.Of($"SmartRadio.Node.Sound.{decoder}", sound, unit, _device);
        output.WriteLine($"{decoder}: {cost.PerSample:F1} IL instructions a sample, over {cost.Pcm.Length / 2} samples");
        return cost;
    }
}
