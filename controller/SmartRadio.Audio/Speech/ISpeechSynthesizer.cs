namespace SmartRadio.Audio.Speech;

/// <summary>Speaks text. Any engine may stand behind it, on this machine or reached over HTTP.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>The voices there are, the usual one first.</summary>
    IReadOnlyList<Voice> Voices { get; }

    /// <summary>Speaks a text into a WAV file of 16-bit PCM, mono, which appears whole or not at all.</summary>
    /// <param name="text">The text; control characters are left out.</param>
    /// <param name="voiceId">The id of one of <see cref="Voices"/>.</param>
    /// <param name="wavPath">The file, in an existing folder, in place of an older one.</param>
    /// <param name="cancellationToken">Stops the work and leaves nothing.</param>
    /// <exception cref="AudioRefusedException">The text was not spoken; nothing was left.</exception>
    Task SpeakAsync(string text, string voiceId, string wavPath, CancellationToken cancellationToken);
}

/// <summary>A voice.</summary>
/// <param name="Id">What it is stored and asked for by.</param>
/// <param name="VietnameseName">What it is called on a Vietnamese screen.</param>
/// <param name="EnglishName">What it is called on an English screen.</param>
public sealed record Voice(string Id, string VietnameseName, string EnglishName);
