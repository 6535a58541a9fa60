using System.Text;
using SmartRadio.Audio.Reading;

namespace SmartRadio.Audio.Speech;

/// <summary>Text as a synthesizer may be given it.</summary>
internal static class SpokenText
{
    // espeak-ng 1.51 writes past its stack at abbreviations of some 80 letters without a space ("A.B.C."). No word is as long.
    private const int LongestWord = 60;

    // A sentence longer than this is cut at a space.
    private const int LongestPiece = 400;

    private const string SentenceEnds = ".!?…;:";

    /// <summary>Reads a text as an announcer does, and leaves out what a voice would take for something else.</summary>
    /// <param name="text">As written.</param>
    /// <param name="maxLength">Most UTF-16 units of it; the words may be longer.</param>
    /// <exception cref="AudioRefusedException">The text is too long, or nothing in it can be spoken.</exception>
    public static string Clean(string text, int maxLength)
    {
        if (text.Length > maxLength)
        {
            throw new AudioRefusedException(
                AudioRefusal.TextTooLong, $"The text has {text.Length} characters, more than {maxLength}.");
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in ReadAloud.Read(text).Spoken.EnumerateRunes())
        {
            // Half a surrogate pair comes as U+FFFD, which espeak-ng would spell out; two brackets begin phoneme codes.
            var unspoken = rune == Rune.ReplacementChar || rune.Value == '[' || (Rune.IsControl(rune) && rune.Value != '\n');
            clean.Append(unspoken ? " " : rune.ToString());
        }

        // espeak-ng knows Vietnamese vowels only as composed characters; phones type either.
        var spoken = WithShortWords(clean.ToString().Normalize(NormalizationForm.FormC));
        return spoken.Any(char.IsLetterOrDigit)
            ? spoken
            : throw new AudioRefusedException(AudioRefusal.NoText, "Nothing in the text can be spoken.");
    }

    /// <summary>The sentences of a clean text, each at most 400 characters, none without a letter or digit.</summary>
    public static IEnumerable<string> Pieces(string clean)
    {
        var start = 0;
        for (var i = 0; i < clean.Length; i++)
        {
            var isEnd = clean[i] == '\n' || (char.IsWhiteSpace(clean[i]) && i > start && SentenceEnds.Contains(clean[i - 1]));
            var isLong = char.IsWhiteSpace(clean[i]) && i - start > LongestPiece - LongestWord;
            if (isEnd || isLong || i == clean.Length - 1)
            {
                var piece = clean[start..(i + 1)].Trim();
                start = i + 1;
                if (piece.Any(char.IsLetterOrDigit))
                {
                    yield return piece;
                }
            }
        }
    }

    private static string WithShortWords(string text)
    {
        var cut = new StringBuilder(text.Length);
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            length = Rune.IsWhiteSpace(rune) ? 0 : length + 1;
            if (length > LongestWord)
            {
                cut.Append(' ');
                length = 1;
            }

            cut.Append(rune.ToString());
        }

        return cut.ToString();
    }
}
