namespace SmartRadio.Audio.Reading;

/// <summary>Names of letters, as abbreviations are spelled.</summary>
internal static class Letters
{
    /// <summary>The names of the letters and digits of an abbreviation.</summary>
    public static string Of(ReadOnlySpan<char> letters)
    {
        var names = new List<string>(letters.Length);
        foreach (var letter in letters)
        {
            names.Add(NameOf(char.ToUpperInvariant(letter)));
        }

        return string.Join(' ', names);
    }

    private static string NameOf(char letter) => letter switch
    {
        'B' => "bê",
        'C' => "xê",
        'D' => "dê",
        'Đ' => "đê",
        'F' => "ép",
        'G' => "giê",
        'H' => "hát",
        'J' => "gi",
        'K' => "ca",
        'L' => "lờ",
        'M' => "mờ",
        'N' => "nờ",
        'P' => "pê",
        'Q' => "quy",
        'R' => "rờ",
        'S' => "sờ",
        'T' => "tê",
        'V' => "vê",
        'W' => "vê kép",
        'X' => "ích",
        'Y' => "y",
        'Z' => "dét",
        >= '0' and <= '9' => NumberWords.Of(letter - '0'),
        _ => char.ToLowerInvariant(letter).ToString(),
    };
}
