using NAudio.Wave;
using SmartRadio.Audio.Composition;
using SmartRadio.Audio.Wav;

namespace SmartRadio.Audio.Tests.Setting;

/// <summary>Sounds that can be computed, and figures of sounds.</summary>
internal static class Signal
{
    public static float[] Sine(double hertz, double seconds, double amplitude = 1, int sampleRate = 16_000) =>
        [.. Enumerable.Range(0, (int)(seconds * sampleRate))
            .Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * hertz * i / sampleRate)))];

    public static float[] Noise(double seconds, double amplitude, int seed, int sampleRate = 16_000)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)(seconds * sampleRate))
            .Select(_ => (float)(amplitude * ((2 * random.NextDouble()) - 1)))];
    }

    public static float[] Silence(double seconds, int sampleRate = 16_000) => new float[(int)(seconds * sampleRate)];

    public static ISampleProvider Sound(float[] samples, int sampleRate = 16_000) => new MemorySound(samples, sampleRate);

    /// <summary>Reads a sound to its end in pieces of uneven size, as any reader may.</summary>
    public static float[] ReadAll(ISampleProvider sound, int seed = 1)
    {
        var random = new Random(seed);
        var all = new List<float>();
        while (true)
        {
            var buffer = new float[random.Next(1, 700)];
            var read = sound.Read(buffer);
            all.AddRange(buffer.AsSpan(0, read));
            if (read < buffer.Length)
            {
                Assert.Equal(0, sound.Read(buffer));
                return [.. all];
            }
        }
    }

    public static void WriteWav(string path, float[] samples, int sampleRate = 16_000)
    {
        using var file = new WaveFileWriter(path, new WaveFormat(sampleRate, 16, 1));
        Pcm16.Write(file, samples);
    }

    public static float[] ReadWav(string path)
    {
        using var file = new WaveFileReader(path);
        return ReadAll(file.ToSampleProvider());
    }

    /// <summary>The root mean square of a part, in dB of full scale.</summary>
    public static double Level(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (var sample in samples)
        {
            sum += sample * sample;
        }

        return 10 * Math.Log10(sum / samples.Length);
    }

    /// <summary>How far the difference lies below the sound, in dB.</summary>
    public static double SignalToNoise(IReadOnlyList<short> sound, IReadOnlyList<short> copy)
    {
        double signal = 0;
        double noise = 0;
        for (var i = 0; i < sound.Count; i++)
        {
            signal += (double)sound[i] * sound[i];
            noise += Math.Pow(sound[i] - copy[i], 2);
        }

        return 10 * Math.Log10(signal / noise);
    }
}
