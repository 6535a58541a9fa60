using System.Text;

namespace SmartRadio.Audio.Reading;

/// <summary>The pieces of a reading in the making.</summary>
internal sealed class PieceList(string text)
{
    private readonly List<ReadPiece> _pieces = [];
    private int _kept = -1; // where the text begins that is said as it is written
    private char _last; // the last spoken character

    /// <summary>Says a character as it is written.</summary>
    /// <returns>The index after it.</returns>
    public int Keep(int at)
    {
        if (_kept < 0)
        {
            _kept = at;
            if (Passage.IsWord(text[at]) && _pieces.Count > 0 && Passage.IsWord(_last))
            {
                // A changed part ends where a word goes on: "1A".
                _pieces.Add(new ReadPiece(string.Empty, " "));
            }
        }

        _last = text[at];
        return at + 1;
    }

    /// <summary>Says a part as a rule reads it.</summary>
    /// <returns>The index after it.</returns>
    public int Say(int at, Match match)
    {
        End(at);
        var spoken = match.Spoken;
        if (spoken.Length > 0)
        {
            spoken = Passage.IsWord(spoken[0]) && Passage.IsWord(_last) ? " " + spoken : spoken;
            _last = spoken[^1];
        }

        _pieces.Add(new ReadPiece(text[at..match.End], spoken, match.Doubt));
        return match.End;
    }

    public ReadText ToText()
    {
        End(text.Length);
        return new ReadText(_pieces);
    }

    private void End(int at)
    {
        if (_kept >= 0)
        {
            var kept = text[_kept..at];
            _pieces.Add(new ReadPiece(kept, kept));
            _kept = -1;
        }
    }
}

/// <summary>The spaces and marks between words.</summary>
internal static class Pauses
{
    private const string Marks = ",;:.!?…";

    /// <summary>Joins parts: one space between words, none before a mark, and of several marks the strongest.</summary>
    public static string Tidy(IEnumerable<string> parts)
    {
        var tidy = new StringBuilder();
        var space = false;
        foreach (var letter in parts.SelectMany(part => part))
        {
            if (letter is ' ' or '\n')
            {
                space = true;
                if (letter == '\n')
                {
                    EndLine(tidy);
                }
            }
            else if (Marks.Contains(letter))
            {
                AddMark(tidy, letter);
            }
            else
            {
                if (space && tidy.Length > 0 && tidy[^1] != '\n')
                {
                    tidy.Append(' ');
                }

                tidy.Append(letter);
                space = false;
            }
        }

        return tidy.ToString().TrimEnd();
    }

    private static void EndLine(StringBuilder tidy)
    {
        if (tidy.Length > 0 && tidy[^1] != '\n')
        {
            tidy.Append('\n');
        }
    }

    private static void AddMark(StringBuilder tidy, char mark)
    {
        if (tidy.Length == 0)
        {
            return;
        }

        var last = tidy[^1] == '\n' && tidy.Length > 1 ? tidy.Length - 2 : tidy.Length - 1;
        var strength = Marks.IndexOf(tidy[last], StringComparison.Ordinal);
        if (strength < 0)
        {
            // A mark of the next line's beginning belongs to no word.
            tidy.Append(tidy[^1] == '\n' ? string.Empty : mark.ToString());
        }
        else if (Marks.IndexOf(mark, StringComparison.Ordinal) > strength && tidy[^1] != '\n')
        {
            tidy[last] = mark;
        }
    }
}
