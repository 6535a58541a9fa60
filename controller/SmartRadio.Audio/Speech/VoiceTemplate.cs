using System.Globalization;

namespace SmartRadio.Audio.Speech;

/// <summary>Puts text and manner into what the settings say of a voice.</summary>
internal static class VoiceTemplate
{
    public const string Text = "{text}";

    /// <param name="template">Holds <c>{speed}</c>, <c>{length}</c>, <c>{pitch}</c>, <c>{text}</c>, or none of them.</param>
    /// <param name="voice">How it is to speak.</param>
    /// <param name="text">What is spoken, as it may stand there; put in last, so that its own braces stay.</param>
    public static string Fill(string template, VoiceChoice voice, string text = "") => template
        .Replace("{speed}", voice.Speed.ToString("0.###", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{length}", (1 / voice.Speed).ToString("0.###", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{pitch}", voice.Pitch.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(Text, text, StringComparison.Ordinal);
}
