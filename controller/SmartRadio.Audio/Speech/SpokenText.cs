using System.Text;

namespace SmartRadio.Audio.Speech;

/// <summary>Text as a synthesizer may be given it.</summary>
internal static class SpokenText
{
    /// <exception cref="AudioRefusedException">The text is too long, or nothing in it can be spoken.</exception>
    public static string Clean(string text, int maxLength)
    {
        if (text.Length > maxLength)
        {
            throw new AudioRefusedException(
                AudioRefusal.TextTooLong, $"The text has {text.Length} characters, more than {maxLength}.");
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Half a surrogate pair comes as U+FFFD, which espeak-ng would spell out; two brackets begin phoneme codes.
            var unspoken = rune == Rune.ReplacementChar || rune.Value == '[' || (Rune.IsControl(rune) && rune.Value != '\n');
            clean.Append(unspoken ? " " : rune.ToString());
        }

        // espeak-ng knows Vietnamese vowels only as composed characters; phones type either.
        var spoken = clean.ToString().Normalize(NormalizationForm.FormC);
        return spoken.Any(char.IsLetterOrDigit)
            ? spoken
            : throw new AudioRefusedException(AudioRefusal.NoText, "Nothing in the text can be spoken.");
    }
}
