using System.Runtime.InteropServices;
using NAudio.Wave;
using SmartRadio.Audio.Levels;

namespace SmartRadio.Audio.Composition;

/// <summary>
/// A sound on its way through the chain, on disk, for the chain must hear the end before it can set the level of the beginning,
/// and an hour of it should not lie in memory. Floating point: a quiet recording may be raised by 40 dB. The file is gone when
/// this is disposed.
/// </summary>
internal sealed class Draft : IDisposable
{
    private readonly FileStream _file;
    private readonly PowerEnvelope _envelope = new(Master.SampleRate);
    private readonly LoudnessMeter _meter = new(Master.SampleRate);
    private readonly Lazy<GainCurve?> _evening;

    public Draft(string path)
    {
        _evening = new(() => GainCurve.Of(_meter.Windows));
        _file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Without a name it is gone even when this process is killed; Windows sees to that itself.
            File.Delete(path);
        }
    }

    public long Samples => _envelope.Samples;

    /// <summary>By what its speakers become equally loud; null when they are. It is there once the draft is filled.</summary>
    public GainCurve? Evening => _evening.Value;

    /// <summary>The loudness of all of it, in LUFS.</summary>
    public double Loudness => _meter.Integrated();

    /// <summary>The loudness it will have when it is raised by a curve, in LUFS.</summary>
    public double LoudnessWith(GainCurve? curve) => _meter.Integrated(curve);

    /// <summary>Reads a sound to its end.</summary>
    public void Fill(ISampleProvider sound)
    {
        foreach (var samples in sound.Pieces())
        {
            _file.Write(MemoryMarshal.AsBytes(samples.Span));
            _envelope.Add(samples.Span);
            _meter.Add(samples.Span);
        }
    }

    /// <summary>By how many dB its loud moments stand out from its quiet ones.</summary>
    public double Contrast => _envelope.Contrast;

    /// <summary>
    /// From where to where it can be heard once it is raised by a curve, a level in dBFS being the least that counts.
    /// </summary>
    public (long Start, long End) Audible(double level, GainCurve? curve) => _envelope.Audible(level, curve);

    /// <summary>Reads a part of it. Only the sound opened last may be read.</summary>
    public ISampleProvider Open(long start, long end)
    {
        _file.Seek(start * sizeof(float), SeekOrigin.Begin);
        return new Part(_file, end - start);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>
    /// Reads into the buffer itself. NAudio's streams of raw samples copy, and take a short read for the end of the sound.
    /// </summary>
    private sealed class Part(FileStream file, long length) : ISampleProvider
    {
        private long _left = length;

        public WaveFormat WaveFormat => Master.Format;

        public int Read(Span<float> buffer)
        {
            var count = (int)Math.Min(buffer.Length, _left);
            file.ReadExactly(MemoryMarshal.AsBytes(buffer[..count]));
            _left -= count;
            return count;
        }
    }
}
