namespace SmartRadio.Audio.Reading;

/// <summary>
/// Capitals that no table knows and nobody could say as a word are spelled: VNPT. NATO is left. Roman numbers of two letters and
/// more are numbers: "RON95-III".
/// </summary>
internal sealed class CapitalsRule : IReadingRule
{
    private const int Longest = 6;
    private const string Vowels = "AEIOUYĂÂÊÔƠƯ";
    private static readonly string[] Pairs = ["CH", "GH", "GI", "KH", "NG", "NH", "PH", "QU", "TH", "TR"];
    private static readonly string[] EndPairs = ["CH", "NG", "NH"];

    public Match? Match(Passage passage, int at)
    {
        if (!passage.StartsWord(at) || !IsCapital(passage[at]))
        {
            return null;
        }

        var end = at;
        while (end - at <= Longest && IsCapital(passage[end]))
        {
            end++;
        }

        var word = passage.Text[at..end];
        var roman = word.Length > 1 && passage.EndsWord(end) && !IsHeading(passage, at, end) ? NumberWords.Roman(word) : 0;
        if (roman > 0)
        {
            return new Match(end, NumberWords.Of(roman));
        }

        return word.Length is >= 2 and <= Longest && !char.IsLetter(passage[end]) && !passage.IsInCapitals(at) && !IsSaid(word)
            ? new Match(end, Letters.Of(word), ReadingDoubt.Spelled)
            : null;
    }

    // "VI PHẠM", "XI MĂNG"
    private static bool IsHeading(Passage passage, int at, int end) => passage.IsInCapitals(at)
        || (passage[end] == ' ' && char.IsUpper(passage[end + 1]) && char.IsUpper(passage[end + 2]));

    private static bool IsCapital(char letter) => letter is (>= 'A' and <= 'Z') or 'Đ';

    // Vowels between consonants, as in a syllable of Vietnamese or of most names.
    private static bool IsSaid(string word)
    {
        var start = 0;
        for (var at = 0; at <= word.Length; at++)
        {
            if (at < word.Length && !Vowels.Contains(word[at]))
            {
                continue;
            }

            // The consonants before this vowel, or those at the end.
            var consonants = word[start..at];
            var isEnd = at == word.Length;
            if ((isEnd && start == 0) || (start == 0 ? consonants.Length > 1 && !Contains(Pairs, consonants)
                : isEnd ? consonants.Length > 1 && !Contains(EndPairs, consonants)
                : consonants.Length > 3))
            {
                return false;
            }

            start = at + 1;
        }

        return true;
    }

    private static bool Contains(string[] list, string part) => Array.IndexOf(list, part) >= 0;
}
