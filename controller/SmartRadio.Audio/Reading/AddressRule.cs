using System.Text;

namespace SmartRadio.Audio.Reading;

/// <summary>Web and mail addresses: "thunghiem.gov.vn", "ubnd@xa.gov.vn". Of a long one only the host is read.</summary>
internal sealed class AddressRule : IReadingRule
{
    private const int Longest = 120;
    private const int LongestSpoken = 60;
    private static readonly string[] Schemes = ["https://", "http://"];

    private static readonly string[] Ends =
        ["vn", "com", "net", "org", "gov", "edu", "info", "io", "me", "app", "html", "php", "co", "asia"];

    public Match? Match(Passage passage, int at)
    {
        if (!char.IsAsciiLetterOrDigit(passage[at]) || !passage.StartsWord(at))
        {
            return null;
        }

        var end = End(passage, at);
        var address = passage.Text[at..end];
        var scheme = Array.Find(Schemes, each => address.StartsWith(each, StringComparison.OrdinalIgnoreCase));
        if (scheme is null && !IsAddress(address))
        {
            return null;
        }

        var read = address[(scheme?.Length ?? 0)..].TrimEnd('/');
        var isLong = read.Length > LongestSpoken || read.Contains('?', StringComparison.Ordinal);
        if (isLong)
        {
            read = read.Split('/', '?')[0];
        }

        return read.Length == 0 ? null
            : new Match(Rest(passage, at, end), Spell(read), isLong ? ReadingDoubt.LongAddress : ReadingDoubt.None);
    }

    // Nothing is said of the rest of one that is longer still.
    private static int Rest(Passage passage, int at, int end)
    {
        while (end - at >= Longest - 1 && passage[end] > ' ')
        {
            end++;
        }

        return end;
    }

    // Without the mark that ends the sentence.
    private static int End(Passage passage, int at)
    {
        var end = at;
        while (end - at < Longest && passage[end] is > ' ' and < '\u007f'
            and not ('(' or ')' or '"' or ',' or ';' or '<' or '>'))
        {
            end++;
        }

        while (end > at && passage[end - 1] is '.' or ':' or '!' or '?' or '\'')
        {
            end--;
        }

        return end;
    }

    private static bool IsAddress(string text)
    {
        var mail = text.IndexOf('@', StringComparison.Ordinal);
        var host = text[(mail + 1)..].Split('/', '?', ':')[0];
        var dot = host.LastIndexOf('.');
        return dot > 0 && Array.IndexOf(Ends, host[(dot + 1)..].ToLowerInvariant()) >= 0
            && host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')
            && (mail > 0 || host.Any(char.IsAsciiLetterLower));
    }

    private static string Spell(string address)
    {
        var spoken = new StringBuilder();
        for (var at = 0; at < address.Length;)
        {
            var end = at;
            while (end < address.Length && char.IsAsciiLetter(address[end]) == char.IsAsciiLetter(address[at])
                && char.IsAsciiLetterOrDigit(address[end]))
            {
                end++;
            }

            end = Math.Max(end, at + 1);
            spoken.Append(spoken.Length > 0 ? " " : string.Empty).Append(PartOf(address[at..end]));
            at = end;
        }

        return spoken.ToString().Trim();
    }

    private static string PartOf(string part) => part.ToLowerInvariant() switch
    {
        "." => "chấm",
        "/" => "gạch chéo",
        "-" => "gạch ngang",
        "_" => "gạch dưới",
        "@" => "a còng",
        ":" => "hai chấm",
        "www" => "ba vê kép",
        "vn" => "vê nờ",
        "ubnd" or "hdnd" or "mttq" or "cttdt" => Letters.Of(part),
        var word when char.IsAsciiLetter(word[0]) => word,
        var digits when char.IsAsciiDigit(digits[0]) => NumberWords.Digits(digits),
        _ => string.Empty,
    };
}
