using System.Globalization;
using System.Text;

namespace SmartRadio.Audio.Reading;

/// <summary>A text without the characters that nobody sees.</summary>
public static class WrittenText
{
    /// <summary>
    /// Composes the letters, drops invisible characters, turns line and paragraph separators into line ends and the other
    /// spaces into common ones. Broken surrogates and controls become spaces.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(Cleaned(rune));
        }

        return clean.Replace("\r\n", "\n").Replace('\r', '\n').ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Whether nobody sees a character, nor hears it: format characters, fillers, variation selectors.</summary>
    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || IsNone(rune)
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164
            or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>Whether it is no character and never will be: U+FFFE, on which .NET's normal forms fail.</summary>
    public static bool IsNone(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;

    /// <summary>Whether it ends a line: Word writes its line break as a vertical tab.</summary>
    public static bool IsLineEnd(Rune rune) => rune.Value is '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029;

    private static string Cleaned(Rune rune)
    {
        if (rune.Value == '\r')
        {
            return "\r";
        }

        if (IsLineEnd(rune))
        {
            return "\n";
        }

        if (rune == Rune.ReplacementChar || Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
        {
            return " ";
        }

        // Full-width digits come from phones of other countries.
        return IsInvisible(rune) ? string.Empty
            // Old fonts have the letter of Iceland for the Vietnamese one.
            : rune.Value == 0xD0 ? "Đ"
            : rune.Value == 0xF0 ? "đ"
            : rune.Value is >= 0xFF10 and <= 0xFF19 ? ((char)(rune.Value - 0xFF10 + '0')).ToString()
            : rune.ToString();
    }
}
