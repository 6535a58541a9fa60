using System.Text;

namespace SmartRadio.Audio.Reading;

/// <summary>The spaces and marks between words: one space, none before a mark, and of several marks the strongest.</summary>
internal sealed class Pauses
{
    private const string Marks = ",;:.!?…";
    private const int Nobody = -1;

    private readonly StringBuilder _tidy = new();
    private readonly List<int> _owners = []; // the piece of each character
    private bool _space;

    /// <summary>The words of all pieces as one text.</summary>
    public static IReadOnlyList<SpokenPart> Tidy(IReadOnlyList<ReadPiece> pieces)
    {
        var pauses = new Pauses();
        for (var piece = 0; piece < pieces.Count; piece++)
        {
            foreach (var letter in pieces[piece].Spoken)
            {
                pauses.Add(letter, piece);
            }
        }

        return [.. pauses.Parts(pieces)];
    }

    private IEnumerable<SpokenPart> Parts(IReadOnlyList<ReadPiece> pieces)
    {
        var text = _tidy.ToString();
        var length = text.TrimEnd().Length;
        for (var start = 0; start < length;)
        {
            var end = start + 1;
            while (end < length && _owners[end] == _owners[start])
            {
                end++;
            }

            yield return new SpokenPart(text[start..end], _owners[start] == Nobody ? null : pieces[_owners[start]]);
            start = end;
        }
    }

    private void Add(char letter, int piece)
    {
        if (letter is ' ' or '\n')
        {
            _space = true;
            if (letter == '\n' && _tidy.Length > 0 && _tidy[^1] != '\n')
            {
                Append('\n', Nobody);
            }
        }
        else if (Marks.Contains(letter))
        {
            AddMark(letter, piece);
        }
        else
        {
            if (_space && _tidy.Length > 0 && _tidy[^1] != '\n')
            {
                Append(' ', _owners[^1] == piece ? piece : Nobody);
            }

            Append(letter, piece);
            _space = false;
        }
    }

    private void AddMark(char mark, int piece)
    {
        if (_tidy.Length == 0)
        {
            return;
        }

        var last = _tidy[^1] == '\n' && _tidy.Length > 1 ? _tidy.Length - 2 : _tidy.Length - 1;
        var strength = Marks.IndexOf(_tidy[last], StringComparison.Ordinal);
        if (strength < 0)
        {
            // A mark of the next line's beginning belongs to no word.
            if (_tidy[^1] != '\n')
            {
                Append(mark, piece);
            }
        }
        else if (Marks.IndexOf(mark, StringComparison.Ordinal) > strength && _tidy[^1] != '\n')
        {
            _tidy[last] = mark;
        }
    }

    private void Append(char letter, int owner)
    {
        _tidy.Append(letter);
        _owners.Add(owner);
    }
}
