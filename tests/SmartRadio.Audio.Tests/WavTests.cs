using System.Buffers.Binary;

namespace SmartRadio.Audio.Tests;

/// <summary>WAV files are written as others read them, and read without believing them.</summary>
public sealed class WavTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_16_bit_sample_survives_writing_and_reading()
    {
        var all = Enumerable.Range(short.MinValue, 65_536).Select(value => Pcm16.ToFloat((short)value)).ToArray();
        Signal.WriteWav(folder.File("all.wav"), all);

        Assert.Equal(all, Signal.ReadWav(folder.File("all.wav")));
        Assert.Equal(all.Select(Pcm16.FromFloat), Tool.Decode(folder.File("all.wav"), 16_000));
    }

    [Fact]
    public void Samples_beyond_full_scale_are_clipped()
    {
        Signal.WriteWav(folder.File("loud.wav"), [1.5f, -1.5f, 1f, -1f]);

        Assert.Equal([32_767 / 32_768f, -1f, 32_767 / 32_768f, -1f], Signal.ReadWav(folder.File("loud.wav")));
    }

    [Fact]
    public void Chunks_between_the_format_and_the_data_are_passed_over()
    {
        Signal.WriteWav(folder.File("a.wav"), [0.5f, -0.5f]);
        var bytes = File.ReadAllBytes(folder.File("a.wav"));

        Assert.Equal([0.5f, -0.5f], Read([.. bytes[..36], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. bytes[36..]]));
    }

    [Fact]
    public void A_data_size_beyond_the_file_ends_with_the_file()
    {
        Signal.WriteWav(folder.File("a.wav"), [0.5f, -0.5f]);
        var bytes = File.ReadAllBytes(folder.File("a.wav"));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(40), uint.MaxValue);

        Assert.Equal([0.5f, -0.5f], Read(bytes));
    }

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        Signal.WriteWav(folder.File("a.wav"), Signal.Noise(0.05, 1, seed: 13));
        var whole = File.ReadAllBytes(folder.File("a.wav"));
        var random = new Random(14);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = whole[..random.Next(whole.Length + 1)];
            for (var changes = random.Next(4); changes > 0 && bytes.Length > 0; changes--)
            {
                bytes[random.Next(Math.Min(bytes.Length, 48))] = (byte)random.Next(256);
            }

            try
            {
                Assert.InRange(Read(bytes).Length, 0, whole.Length / 2);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 19_900);
    }

    private static float[] Read(byte[] bytes)
    {
        using var reader = WavReader.Open(new MemoryStream(bytes));
        var samples = new float[reader.Samples + 1];
        return samples[..reader.Read(samples)];
    }
}
