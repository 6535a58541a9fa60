using SmartRadio.Audio.Reading;
using SmartRadio.Audio.Speech;
using SmartRadio.Controller.Lexicon;

namespace SmartRadio.Controller.Bulletins;

/// <summary>
/// What a voice is given of a text. A Vietnamese voice gets an announcer's words; any other one the text as it is written, which
/// Vietnamese rules would spoil.
/// </summary>
public sealed class VoiceScript(LexiconQuery lexicon, ISpeechSynthesizer synthesizer)
{
    /// <param name="text">What is to be said.</param>
    /// <param name="voice">Id of a voice; one that is not known counts as Vietnamese.</param>
    /// <param name="area">The area whose words are used; null = those of all together.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ReadText> ReadAsync(string text, string voice, long? area, CancellationToken cancellationToken) =>
        LanguageOf(voice) is null
            ? await lexicon.ReadAsync(text, area, cancellationToken)
            : ReadAloud.AsWritten(text);

    /// <summary>The language of the words that a voice says; null = Vietnamese.</summary>
    internal string? LanguageOf(string voice) => synthesizer.LanguageOf(voice);
}
