using System.Buffers.Binary;
using NAudio.Wave;
using SmartRadio.Audio.Tests.Setting;
using SmartRadio.Audio.Wav;

namespace SmartRadio.Audio.Tests.Wav;

/// <summary>WAV files are written as others read them, and read without believing them.</summary>
public sealed class WavTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_16_bit_sample_survives_writing_and_reading()
    {
        var all = Enumerable.Range(short.MinValue, 65_536).Select(value => value / 32_768f).ToArray();
        Signal.WriteWav(_folder.File("all.wav"), all);

        Assert.Equal(all, Signal.ReadWav(_folder.File("all.wav")));
        Assert.Equal(all.Select(Pcm16.FromFloat), Tool.Decode(_folder.File("all.wav"), 16_000));
    }

    [Fact]
    public void Samples_beyond_full_scale_are_clipped()
    {
        Signal.WriteWav(_folder.File("loud.wav"), [1.5f, -1.5f, 1f, -1f]);

        Assert.Equal([32_767 / 32_768f, -1f, 32_767 / 32_768f, -1f], Signal.ReadWav(_folder.File("loud.wav")));
    }

    [Fact]
    public void A_data_size_beyond_the_file_ends_with_the_file()
    {
        Signal.WriteWav(_folder.File("a.wav"), [0.5f, -0.5f]);
        var bytes = File.ReadAllBytes(_folder.File("a.wav"));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(40), uint.MaxValue);

        Assert.Equal([0.5f, -0.5f], Read(bytes));
    }

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        Signal.WriteWav(_folder.File("a.wav"), Signal.Noise(0.05, 1, seed: 13));
        var whole = File.ReadAllBytes(_folder.File("a.wav"));
        var random = new Random(14);
        var refused = 0;
        for (var i = 0; i < 5_000; i++)
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

        Assert.InRange(refused, 100, 4_900);
    }

    private float[] Read(byte[] bytes)
    {
        File.WriteAllBytes(_folder.File("read.wav"), bytes);
        using var master = MasterFile.Open(_folder.File("read.wav"));
        var samples = new float[master.SampleCount + 1];
        return samples[..master.ToSampleProvider().Read(samples)];
    }
}
