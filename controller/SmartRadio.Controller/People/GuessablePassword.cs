using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using SmartRadio.Audio.Reading;

namespace SmartRadio.Controller.People;

/// <summary>
/// Finds passwords that are tried first: the commonest, rows of the alphabet and the keyboard, and what is made of the product's,
/// the commune's and the person's own names. Digits and signs before, between and behind make none of them better.
/// </summary>
internal static class GuessablePassword
{
    /// <summary>More of these words in a row are a sentence that nobody guesses.</summary>
    private const int MostWords = 3;

    /// <summary>Longer ones are no names with something behind.</summary>
    private const int Looked = 64;

    /// <summary>Fewer letters among many signs are no word with something behind.</summary>
    private const int LeastLetters = 4;

    private const string List = "common-passwords.txt";

    private static readonly FrozenSet<string> Common = Read();

    private static readonly string[] Rows =
        ["abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890123456789", "qazwsxedcrfvtgbyhnujm"];

    // Without marks and spaces, as they are compared.
    private static readonly string[] Known =
    [
        "smartradio", "smart", "radio", "loa", "loaphuong", "loaxa", "loathon", "dai", "daiphatthanh", "daitruyenthanh", "phatthanh",
        "truyenthanh", "truyenthanhthongminh", "bantin", "thongbao", "xa", "phuong", "thon", "xom", "huyen", "quan", "tinh",
        "thitran", "thanhpho", "ubnd", "uyban", "admin", "administrator", "quantri", "quanly", "canbo", "matkhau", "dangnhap",
        "vietnam", "xinchao", "anhyeuem", "emyeuanh",
    ];

    /// <param name="password">As typed.</param>
    /// <param name="words">Names of the person and of areas, as written.</param>
    public static bool Is(string password, IReadOnlyList<string> words)
    {
        if (password.Length > Looked)
        {
            return false;
        }

        var plain = Plain(password);
        var letters = Letters(plain);
        return Common.Contains(password) || Common.Contains(plain) || IsRow(plain)
            || (letters.Length >= LeastLetters && Common.Contains(letters))
            || IsMadeOf(letters, [.. Known, .. words.Select(word => Letters(Plain(word))).Where(word => word.Length > 1)]);
    }

    private static bool IsRow(string plain)
    {
        var backwards = new string([.. plain.Reverse()]);
        return Rows.Any(
            row => row.Contains(plain, StringComparison.Ordinal) || row.Contains(backwards, StringComparison.Ordinal));
    }

    private static bool IsMadeOf(string letters, HashSet<string> words)
    {
        // The fewest words that end at each letter.
        var fewest = new int[letters.Length + 1];
        for (var end = 1; end <= letters.Length; end++)
        {
            fewest[end] = MostWords + 1;
            for (var begin = 0; begin < end; begin++)
            {
                if (fewest[begin] < fewest[end] - 1 && words.Contains(letters[begin..end]))
                {
                    fewest[end] = fewest[begin] + 1;
                }
            }
        }

        return letters.Length > 0 && fewest[^1] <= MostWords;
    }

    /// <summary>In lower case and without marks: "Loa Phường 2" is "loa phuong 2".</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        // Rune by rune first: a password may hold anything, also half of a pair, which has no normal form.
        var whole = string.Concat(text.EnumerateRunes().Where(rune => !WrittenText.IsNone(rune)).Select(rune => rune.ToString()))
            .Normalize(NormalizationForm.FormKD);
        foreach (var rune in whole.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            {
                plain.Append(rune.Value is 'đ' or 'Đ' ? "d" : Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return plain.ToString();
    }

    private static string Letters(string plain) =>
        string.Concat(plain.EnumerateRunes().Where(Rune.IsLetter).Select(rune => rune.ToString()));

    private static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(typeof(GuessablePassword).Assembly.GetManifestResourceStream(List)!);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
