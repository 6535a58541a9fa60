namespace SmartRadio.Audio.Reading;

/// <summary>Fractions, shares and numbers of houses: 1/2, 3/4, 15/20 hộ, 24/24, số nhà 12/5.</summary>
internal sealed class FractionRule : IReadingRule
{
    private const int LargestPart = 10;

    private static readonly string[] Houses =
        ["nhà", "ngõ", "ngách", "hẻm", "kiệt", "lô", "thửa", "đường", "phòng", "kios", "đội", "lớp"];

    public Match? Match(Passage passage, int at)
    {
        var slash = passage.Digits(at);
        var end = passage.Digits(slash + 1);
        var isRatio = passage[slash] == ':' && IsRatio(passage, at);
        if (slash == at || !(passage[slash] == '/' || isRatio) || end == slash + 1 || !passage.StartsWord(at)
            || passage[end] is '/' or ':' || slash - at > 6 || end - slash > 7)
        {
            return null;
        }

        if (Volts(passage, at, slash, end) is { } volts)
        {
            return volts;
        }

        var (part, whole) = (passage.Value(at, slash), passage.Value(slash + 1, end));
        if (part is >= 1900 and < 2200 && whole == part + 1)
        {
            return new Match(end, $"{NumberWords.Of(part)}, {NumberWords.Of(whole)}"); // "năm học 2025/2026"
        }

        var unit = Units.At(passage, end) ?? Hours(passage, end);
        var (after, words) = unit is { } found ? (found.End, " " + found.Spoken) : (end, string.Empty);
        if (!passage.EndsWord(after) && unit is null)
        {
            return null;
        }

        var isFraction = part < whole && whole <= LargestPart && part > 0 && !DateRule.IsCount(passage, end)
            && !IsNumberOfHouse(passage, at) && !isRatio;
        var spoken = isFraction
            ? $"{NumberWords.Of(part)} phần {(whole == 4 ? "tư" : NumberWords.Of(whole))}"
            : NumberWords.Of(passage.Text.AsSpan(at, slash - at)) + " trên "
                + NumberWords.Of(passage.Text.AsSpan(slash + 1, end - slash - 1));
        var isUnsure = isFraction && whole <= 12 && !DateRule.IsShare(passage, at, end, (part, whole));
        return new Match(after, spoken + words, isUnsure ? ReadingDoubt.DateOrFraction : ReadingDoubt.None);
    }

    /// <summary>Fractions that are more usual than the day.</summary>
    public static bool IsUsual(int part, int whole) => (part, whole) is (1, 2) or (1, 3) or (2, 3) or (1, 4) or (3, 4);

    /// <summary>Whether a word before shows a house or a plot: "số nhà 12/5".</summary>
    public static bool IsNumberOfHouse(Passage passage, int at) =>
        passage.WordBefore(at) is "số" || Array.IndexOf(Houses, passage.WordBefore(at)) >= 0;

    /// <summary>Whether a word before shows a ratio, not a time: "tỷ lệ 1:500".</summary>
    public static bool IsRatio(Passage passage, int at) => passage.WordBefore(at) is "lệ" or "pha" or "trộn";

    // "22/0,4 kV"
    private static Match? Volts(Passage passage, int at, int slash, int end)
    {
        var last = passage.Digits(end + 1);
        return passage[end] == ',' && last > end + 1 && Units.At(passage, last) is { } unit
            ? new Match(
                unit.End, $"{NumberWords.Of(passage.Text.AsSpan(at, slash - at))} trên "
                    + $"{NumberWords.Of(passage.Text.AsSpan(slash + 1, end - slash - 1))} phẩy "
                    + $"{NumberWords.Fraction(passage.Text.AsSpan(end + 1, last - end - 1))} {unit.Spoken}")
            : null;
    }

    private static Match? Hours(Passage passage, int end) =>
        passage[end] is 'h' or 'H' && passage.EndsWord(end + 1) ? new Match(end + 1, "giờ") : null;
}
