using NAudio.Wave;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Takes the constant part off a sound, as its first half second has it. The offset of a cheap sound card would be a step at both
/// ends, and a filter makes a thump of a step.
/// </summary>
internal sealed class Centred(ISampleProvider source) : ISampleProvider
{
    // Long enough that the mean of speech in it is near to nothing.
    private const double BeginningSeconds = 0.5;

    // Below -46 dBFS a step cannot be heard beside speech.
    private const double LeastOffset = 0.005;

    private ReadOnlyMemory<float> _beginning;
    private float _offset;
    private bool _started;

    public WaveFormat WaveFormat => source.WaveFormat;

    public int Read(Span<float> buffer)
    {
        if (!_started)
        {
            Start();
        }

        var read = Math.Min(buffer.Length, _beginning.Length);
        _beginning.Span[..read].CopyTo(buffer);
        _beginning = _beginning[read..];
        if (read < buffer.Length)
        {
            read += source.Read(buffer[read..]);
        }

        foreach (ref var sample in buffer[..read])
        {
            sample -= _offset;
        }

        return read;
    }

    private void Start()
    {
        _started = true;
        var beginning = new float[(int)(BeginningSeconds * WaveFormat.SampleRate)];
        _beginning = beginning.AsMemory(0, source.Read(beginning));
        double sum = 0;
        foreach (var sample in _beginning.Span)
        {
            sum += sample;
        }

        var mean = _beginning.Length == 0 ? 0 : sum / _beginning.Length;
        _offset = Math.Abs(mean) < LeastOffset ? 0 : (float)mean;
    }
}
