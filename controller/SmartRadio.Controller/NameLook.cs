using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace SmartRadio.Controller;

/// <summary>
/// What a name looks like. Two names with one look are taken for each other on a screen and in the audit log. After Unicode's UTS
/// 39, section 4, with those rows of its confusables.txt that pair Cyrillic, Greek, Armenian and rarer Latin letters with the
/// alphabet; small and large letters are one, and so are the strokes 1, I, i and l, and 0 and o. Marks of Vietnamese stay, for
/// they are seen: "Hòa" is neither "Hoa" nor "Hóa", and "Đ" is no "D". A mark of another script counts as the one it looks like.
/// </summary>
public static class NameLook
{
    // Each string: the letter that stands for all, then those that look like it.
    private static readonly FrozenDictionary<int, char> Alike = new[]
    {
        "aаАαΑɑ", "bВΒЬƄƅꞴ", "cсСϲϹᴄⅽ", "dԁԀⅾ", "eеЕΕ℮ꬲҽ", "fϜꞘքꞙẝꬵ", "gɡԌցᶃƍ", "hһНΗᏂհ", "jјЈϳͿꞲ", "kКΚ",
        "l1iI|ӏӀіІιΙıɩƖǀɪꙇ", "mМΜϺ", "nΝոռ", "o0оОοΟσᴏօᴑꬽ", "pрРρΡ", "qԛԚգզ", "rᴦгꭇꭈ", "sѕЅꜱƽՏ", "tТΤ", "uυʋᴜսꞟꭎꭒ", "vνѵѴᴠ",
        "wԝԜѡᴡաɯ", "xхХΧꞳ", "yуУҮүΥγɣʏᶌỿꭚ", "zΖᴢ", "3ЗзӠƷȜ", "6б", "đÐƉ", "\u0306\u030c", "\u0303\u0342",
    }.SelectMany(group => group[1..].Select(letter => (From: (int)letter, To: group[0])))
        .ToFrozenDictionary(pair => pair.From, pair => pair.To);

    // Two letters that run into one.
    private static readonly (string Pair, string One)[] Ligatures = [("rn", "m"), ("vv", "w")];

    /// <summary>The same for all names that a reader cannot tell apart; it is not to be shown.</summary>
    public static string Of(string name)
    {
        var look = new StringBuilder(name.Length);
        foreach (var rune in name.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                look.Append(look.Length > 0 && look[^1] != ' ' ? " " : string.Empty);
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format && !PlainText.IsHidden(rune))
            {
                look.Append(Alike.TryGetValue(rune.Value, out var known) ? known.ToString() : Folded(rune));
            }
        }

        return Ligatures.Aggregate(
            look.ToString().TrimEnd(), (text, each) => text.Replace(each.Pair, each.One, StringComparison.Ordinal));
    }

    private static string Folded(Rune rune)
    {
        var lower = Rune.ToLowerInvariant(rune);
        return Alike.TryGetValue(lower.Value, out var known) ? known.ToString() : lower.ToString();
    }
}
