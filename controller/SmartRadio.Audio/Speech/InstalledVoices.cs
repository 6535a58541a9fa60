using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SmartRadio.Audio.Speech;

/// <summary>
/// All voices there are, espeak-ng's first. Where a Vietnamese voice of another engine fails, one of espeak-ng's speaks in its
/// place: a bulletin does not wait for a service.
/// </summary>
internal sealed class InstalledVoices(
    EspeakSynthesizer espeak,
    ProgramSynthesizer programs,
    ServiceSynthesizer services,
    SpokenSound spoken,
    IOptions<VoiceOptions> options,
    ILogger<InstalledVoices> logger) : ISpeechSynthesizer
{
    // Of the text or the disk: no other voice would do better.
    private static readonly AudioRefusal[] Final = [AudioRefusal.NoText, AudioRefusal.TextTooLong, AudioRefusal.DiskFull];

    public IReadOnlyList<Voice> Voices { get; } = [.. espeak.Voices, .. programs.Voices, .. services.Voices];

    public async Task<string> SpeakAsync(string text, VoiceChoice voice, string path, CancellationToken cancellationToken)
    {
        ISpeechSynthesizer engine = programs.Speaks(voice) ? programs : services.Speaks(voice) ? services : espeak;
        try
        {
            var speaker = await engine.SpeakAsync(text, voice, path, cancellationToken);
            if (engine != espeak)
            {
                await spoken.CheckAsync(path, cancellationToken);
            }

            return speaker;
        }
        catch (AudioRefusedException failed) when (
            engine != espeak && !Final.Contains(failed.Reason) && this.LanguageOf(voice.Id) is null)
        {
            File.Delete(path);
            // What the engine says may hold secrets or prices, and stays out of the log.
            logger.LogWarning(
                "Voice {Voice} failed ({Reason}); {Fallback} speaks", voice.Id, failed.Reason, options.Value.Fallback);
            return await espeak.SpeakAsync(text, voice with { Id = options.Value.Fallback }, path, cancellationToken);
        }
    }
}
