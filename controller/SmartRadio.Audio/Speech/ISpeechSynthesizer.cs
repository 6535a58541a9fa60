namespace SmartRadio.Audio.Speech;

/// <summary>Speaks text. Any engine may stand behind it, on this machine or reached over HTTP.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>The voices there are, the usual one first.</summary>
    IReadOnlyList<Voice> Voices { get; }

    /// <summary>Speaks words into a file, which appears whole or not at all: a sound that ffmpeg reads, mostly WAV.</summary>
    /// <param name="text">The words, as Reading gives them; control characters are left out.</param>
    /// <param name="voice">One of <see cref="Voices"/>, and how it is to speak.</param>
    /// <param name="path">The file, in an existing folder, in place of an older one.</param>
    /// <param name="cancellationToken">Stops the work and leaves nothing.</param>
    /// <returns>The id of the voice that spoke: another one where the chosen voice does not answer.</returns>
    /// <exception cref="AudioRefusedException">The text was not spoken; nothing was left.</exception>
    Task<string> SpeakAsync(string text, VoiceChoice voice, string path, CancellationToken cancellationToken);
}

/// <summary>A voice.</summary>
/// <param name="Id">What it is stored and asked for by.</param>
/// <param name="VietnameseName">What it is called on a Vietnamese screen.</param>
/// <param name="EnglishName">What it is called on an English screen.</param>
public sealed record Voice(string Id, string VietnameseName, string EnglishName)
{
    /// <summary>The name of its language as areas have it; null = Vietnamese.</summary>
    public string? Language { get; init; }

    /// <summary>A voice of the settings; a name that is empty is the one before it.</summary>
    internal static Voice Of(string id, string name, string englishName, string language)
    {
        var vietnamese = name.Length > 0 ? name : id;
        return new Voice(id, vietnamese, englishName.Length > 0 ? englishName : vietnamese)
        {
            Language = language.Trim() is { Length: > 0 } named ? named : null,
        };
    }
}

/// <summary>A voice and how it is to speak.</summary>
/// <param name="Id">Of the voice.</param>
/// <param name="Speed">
/// The pace, <see cref="Slowest"/> to <see cref="Fastest"/>; 1 is the voice's own, 2 would be twice as fast.
/// </param>
/// <param name="Pitch"><see cref="Lowest"/> to <see cref="Highest"/>; <see cref="UsualPitch"/> is the voice's own.</param>
public sealed record VoiceChoice(string Id, double Speed = VoiceChoice.UsualSpeed, int Pitch = VoiceChoice.UsualPitch)
{
    public const double Slowest = 0.7;
    public const double UsualSpeed = 1;
    public const double Fastest = 1.5;

    public const int Lowest = 0;
    public const int UsualPitch = 50; // the middle of espeak-ng's scale
    public const int Highest = 99;
}

/// <summary>Speaking as a voice is by itself.</summary>
public static class SpeechSynthesizerExtensions
{
    internal static bool Speaks(this ISpeechSynthesizer synthesizer, VoiceChoice voice) =>
        synthesizer.Voices.Any(each => each.Id == voice.Id);

    /// <summary>The language of a voice; null = Vietnamese.</summary>
    public static string? LanguageOf(this ISpeechSynthesizer synthesizer, string voiceId) =>
        synthesizer.Voices.FirstOrDefault(each => each.Id == voiceId)?.Language;

    /// <inheritdoc cref="ISpeechSynthesizer.SpeakAsync"/>
    public static Task<string> SpeakAsync(
        this ISpeechSynthesizer synthesizer, string text, string voiceId, string path, CancellationToken cancellationToken) =>
        synthesizer.SpeakAsync(text, new VoiceChoice(voiceId), path, cancellationToken);
}
