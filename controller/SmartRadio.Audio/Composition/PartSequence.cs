using NAudio.Wave;

namespace SmartRadio.Audio.Composition;

/// <summary>The parts of a master in the making, in order.</summary>
internal sealed class PartSequence : IDisposable
{
    private readonly List<OpenPart> _parts = [];

    public IReadOnlyList<OpenPart> All => _parts;

    public long Samples => _parts.Sum(part => part.Samples);

    /// <exception cref="InvalidDataException">A file is no master.</exception>
    public void Add(IEnumerable<SoundPart> parts, AudioOptions options)
    {
        foreach (var part in parts)
        {
            _parts.Add(part.Open(options));
        }
    }

    public void Add(ISampleProvider sound, long samples) => _parts.Add(new OpenPart(sound, samples, File: null));

    public void Dispose()
    {
        foreach (var part in _parts)
        {
            part.File?.Dispose();
        }
    }
}
