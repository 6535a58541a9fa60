using NAudio.Wave;

namespace SmartRadio.Audio.Levels;

/// <summary>Raises and lowers a part of a sound by its gain curve, and all of it by one factor.</summary>
/// <param name="source">The part.</param>
/// <param name="curve">Of the whole sound; null when it is even.</param>
/// <param name="start">The sample of the whole at which the part begins.</param>
/// <param name="factor">For all of it.</param>
internal sealed class Evened(ISampleProvider source, GainCurve? curve, long start, float factor) : ISampleProvider
{
    private readonly int _window = source.WaveFormat.SampleRate / 100;
    private long _position = start;

    public WaveFormat WaveFormat => source.WaveFormat;

    public int Read(Span<float> buffer)
    {
        var read = source.Read(buffer);
        for (var i = 0; i < read; i++, _position++)
        {
            buffer[i] *= curve is null ? factor : factor * Factor(curve);
        }

        return read;
    }

    // A straight line from the window's factor to that of the next.
    private float Factor(GainCurve curve)
    {
        var (window, place) = Math.DivRem(_position, _window);
        var here = curve.At((int)window);
        return here + ((curve.At((int)window + 1) - here) * place / _window);
    }
}
