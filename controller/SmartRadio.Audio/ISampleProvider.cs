namespace SmartRadio.Audio;

/// <summary>
/// A mono sound that can be read once, from its beginning to its end. Every step of the chain is one of these around another,
/// in the shape of NAudio's interface of the same name, so that a chain of NAudio's could stand behind it.
/// </summary>
public interface ISampleProvider
{
    /// <summary>Samples a second, in hertz.</summary>
    int SampleRate { get; }

    /// <summary>Fills the buffer with the next samples, full scale being -1 to 1.</summary>
    /// <returns>How many samples were written: fewer than asked for only when the sound ends; 0 from then on.</returns>
    int Read(Span<float> buffer);
}
