namespace SmartRadio.Audio.Reading;

/// <summary>Why a reading may not be the one that the author means. A page shows the reason beside the words.</summary>
public enum ReadingDoubt
{
    /// <summary>The rule is sure.</summary>
    None,

    /// <summary>A day and month, or a fraction: 3/4.</summary>
    DateOrFraction,

    /// <summary>A day and month, or a range: 8-9.</summary>
    DateOrRange,

    /// <summary>A decimal written with a point, or thousands written with a comma: 1.5, 12,345.</summary>
    PointOrComma,

    /// <summary>A range, a score or a number of some other kind: 5-2.</summary>
    Range,

    /// <summary>A minus or a hyphen: -5.</summary>
    Minus,

    /// <summary>A number as a whole, or its digits: 12345678.</summary>
    NumberOrDigits,

    /// <summary>An abbreviation with several meanings: Q., TT., CA.</summary>
    Abbreviation,

    /// <summary>Capitals that no table knows are spelled.</summary>
    Spelled,

    /// <summary>A stroke between words: nam/nữ.</summary>
    Stroke,

    /// <summary>Only the beginning of a long web address is read.</summary>
    LongAddress,

    /// <summary>A unit of measurement with several meanings: 5g, 50k.</summary>
    Unit,
}

/// <summary>A part of a text and how it is said.</summary>
/// <param name="Written">As written, without invisible characters.</param>
/// <param name="Spoken">As it is given to a voice; empty where nothing is said.</param>
/// <param name="Doubt">Why the reading is unsure.</param>
public sealed record ReadPiece(string Written, string Spoken, ReadingDoubt Doubt = ReadingDoubt.None)
{
    /// <summary>Whether the words differ from what is written; pauses and spaces do not count.</summary>
    public bool IsChanged => !Written.AsSpan().Trim().SequenceEqual(Spoken.AsSpan().Trim())
        && (Written.Any(IsSeen) || Spoken.Any(char.IsLetterOrDigit));

    private static bool IsSeen(char letter) => !char.IsWhiteSpace(letter) && letter is not ('-' or '–' or '—');
}

/// <summary>A piece of the words for a voice.</summary>
/// <param name="Text">Not empty.</param>
/// <param name="Piece">What it was read from; null for a space or a line end between two.</param>
public sealed record SpokenPart(string Text, ReadPiece? Piece);

/// <summary>A text as an announcer says it.</summary>
public sealed class ReadText
{
    /// <param name="pieces">All of the text, in order.</param>
    internal ReadText(IReadOnlyList<ReadPiece> pieces)
    {
        Pieces = pieces;
        Parts = Pauses.Tidy(pieces);
        Spoken = string.Concat(Parts.Select(part => part.Text));
    }

    /// <summary>All of the text, in order, with what is silent.</summary>
    public IReadOnlyList<ReadPiece> Pieces { get; }

    /// <summary>What is said, in order, and where it comes from.</summary>
    public IReadOnlyList<SpokenPart> Parts { get; }

    /// <summary>The words for the voice: single spaces, one mark at a pause.</summary>
    public string Spoken { get; }
}
