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
