using Microsoft.Extensions.Options;
using SmartRadio.Audio.Composition;
using SmartRadio.Audio.Decoding;
using SmartRadio.Audio.Levels;

namespace SmartRadio.Audio.Speech;

/// <summary>Listens to what an engine of strangers gave for a voice.</summary>
internal sealed class SpokenSound(IOptions<AudioOptions> options, TimeProvider clock)
{
    /// <exception cref="AudioRefusedException">It is no whole sound that can be heard.</exception>
    public async Task CheckAsync(string path, CancellationToken cancellationToken)
    {
        await using var sound = await new AudioDecoder(options.Value, clock).OpenAsync(path, cancellationToken);
        var meter = new LoudnessMeter(Master.SampleRate);
        await Task.Run(
            () =>
            {
                foreach (var samples in sound.Pieces())
                {
                    meter.Add(samples.Span);
                }
            }, cancellationToken);
        await sound.CheckAsync();
        if (meter.Integrated() < AudioPreparer.SilentBelowLufs)
        {
            throw new AudioRefusedException(AudioRefusal.Silent, "Nothing can be heard in the speech.");
        }
    }
}
