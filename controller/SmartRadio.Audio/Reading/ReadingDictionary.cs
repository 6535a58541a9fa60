using System.Text;

namespace SmartRadio.Audio.Reading;

/// <summary>
/// Words with a reading of their own. A word in capitals is found in capitals only; any other in any case. A lookup costs the
/// same however many words there are.
/// </summary>
public sealed class ReadingDictionary
{
    /// <summary>Most words of one entry.</summary>
    public const int MostWords = 6;

    private readonly Dictionary<string, string> _words = [];
    private readonly int _longest;

    private ReadingDictionary(IEnumerable<KeyValuePair<string, string>> words)
    {
        foreach (var (word, spoken) in words)
        {
            _words[KeyOf(WrittenText.Clean(word))] = spoken;
        }

        _longest = _words.Keys.Select(key => key.Length).DefaultIfEmpty().Max();
    }

    /// <summary>No words.</summary>
    public static ReadingDictionary Empty { get; } = new([]);

    /// <summary>How many words there are.</summary>
    public int Count => _words.Count;

    /// <summary>A dictionary of these words; a later one replaces an earlier.</summary>
    public static ReadingDictionary Of(IEnumerable<KeyValuePair<string, string>> words) => new(words);

    /// <summary>The form that two writings of one word share: spaces as one, small letters unless all are capitals.</summary>
    public static string KeyOf(string word)
    {
        var parts = string.Join(' ', word.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return parts.Any(char.IsLower) ? parts.ToLowerInvariant() : parts;
    }

    internal Match? Match(Passage passage, int at)
    {
        if (_words.Count == 0 || !passage.StartsWord(at) || passage[at] is ' ' or '\n')
        {
            return null;
        }

        Match? longest = null;
        var key = new StringBuilder();
        var words = 0;
        for (var end = at; words < MostWords && end < passage.Length && passage[end] != '\n' && key.Length < _longest;)
        {
            if (passage[end] == ' ')
            {
                key.Append(key[^1] == ' ' ? string.Empty : " ");
                words += passage[++end] == ' ' ? 0 : 1;
                continue;
            }

            // Up to the next end of a word; marks of an entry such as "TP." count too.
            do
            {
                key.Append(passage[end++]);
            }
            while (end < passage.Length && !passage.EndsWord(end) && !passage.StartsWord(end));

            if (Found(key.ToString()) is { } spoken)
            {
                longest = new Match(end, spoken);
            }
        }

        return longest;
    }

    private string? Found(string written) =>
        _words.TryGetValue(written, out var exact) ? exact : _words.GetValueOrDefault(written.ToLowerInvariant());
}
