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

    // "6 % " has 4 characters and is said with 13; "‰" with 10. An area's own words may be longer still.
    private const int LongestReading = 20;

    private const string SentenceEnds = ".!?…;:";

    /// <summary>Leaves out of the words what a voice would take for something else.</summary>
    /// <param name="words">What <see cref="Reading.ReadText.Spoken"/> gives.</param>
    /// <param name="maxLength">
    /// Most UTF-16 units of the text that was read; its words may be <see cref="LongestReading"/> times as long.
    /// </param>
    /// <exception cref="AudioRefusedException">There are too many, or nothing in them can be spoken.</exception>
    public static string Clean(string words, int maxLength)
    {
        if (words.Length > (long)maxLength * LongestReading)
        {
            throw new AudioRefusedException(
                AudioRefusal.TextTooLong, $"{words.Length} characters of words, more than {LongestReading} times {maxLength}.");
        }

        var clean = new StringBuilder(words.Length);
        foreach (var rune in words.EnumerateRunes())
        {
            // Half a surrogate pair comes as U+FFFD, which espeak-ng would spell out; two brackets begin phoneme codes.
            var unspoken = rune == Rune.ReplacementChar || WrittenText.IsNone(rune) || rune.Value == '['
                || (Rune.IsControl(rune) && rune.Value != '\n');
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
