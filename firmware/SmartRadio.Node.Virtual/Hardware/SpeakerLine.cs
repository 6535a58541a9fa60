using System.Buffers.Binary;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>
/// The line to the horns and the sensor on it: it carries what is played, less or more of it when water or a break is in it.
/// </summary>
internal sealed class SpeakerLine : ILineSensor
{
    /// <summary>mV in the middle of the sensor's range.</summary>
    private const int Bias = 1650;

    private readonly byte[] _playing = new byte[1024];
    private int _samples;

    /// <summary>The voltage on it against that of a line in good health.</summary>
    public double Loudness { get; set; } = 1;

    public int FullScale => 1000;

    public int Millivolts
    {
        get
        {
            // A look falls on any sample of the 20 ms that are playing.
            var sample = _samples == 0
                ? 0
                : BinaryPrimitives.ReadInt16LittleEndian(_playing.AsSpan(Random.Shared.Next(_samples) * 2));
            return Bias + (int)(sample * Loudness * FullScale / short.MaxValue);
        }
    }

    public void Carries(byte[] pcm, int samples)
    {
        pcm.AsSpan(0, samples * 2).CopyTo(_playing);
        _samples = samples;
    }

    public void Rests() => _samples = 0;
}
