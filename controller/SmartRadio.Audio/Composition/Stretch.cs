using NAudio.Wave;

namespace SmartRadio.Audio.Composition;

/// <summary>The first samples of a sound, faded at ends that were cut. NAudio's fades do not know where a sound ends.</summary>
internal sealed class Stretch(ISampleProvider source, long samples, bool fadesIn, bool fadesOut) : ISampleProvider
{
    private const int Fade = Master.SampleRate / 100;

    private long _position;

    public WaveFormat WaveFormat => source.WaveFormat;

    public int Read(Span<float> buffer)
    {
        var read = source.Read(buffer[..(int)Math.Min(buffer.Length, samples - _position)]);
        for (var i = 0; i < read; i++)
        {
            var (before, after) = (_position + i, samples - 1 - (_position + i));
            if (fadesIn && before < Fade)
            {
                buffer[i] *= (float)before / Fade;
            }

            if (fadesOut && after < Fade)
            {
                buffer[i] *= (float)after / Fade;
            }
        }

        _position += read;
        return read;
    }
}
