namespace SmartRadio.Audio.Reading;

/// <summary>
/// Turns a text into the words of a Vietnamese announcer: numbers, dates, hours, units, abbreviations. It takes time linear in
/// the length of the text: every rule looks at a bounded part of it. What no rule knows is left to the voice.
/// </summary>
public static class ReadAloud
{
    // The first rule that takes a place has it.
    private static readonly IReadingRule[] Rules =
    [
        new LineRule(),
        new AddressRule(),
        new DocumentRule(),
        new PlateRule(),
        new AccountRule(),
        new PhoneRule(),
        new NounRule(),
        new HourRule(),
        new DateRule(),
        new FractionRule(),
        new MessageRule(),
        new NumberRule(),
        new AbbreviationRule(),
        new UnitRule(),
        new CapitalsRule(),
        new StrokeRule(),
        new SymbolRule(),
    ];

    /// <summary>Reads a text. It never throws; a text with nothing to say gives no letters.</summary>
    /// <param name="text">As written; broken surrogates and controls become spaces.</param>
    /// <param name="words">Words with a reading of their own, which go before all rules.</param>
    public static ReadText Read(string text, ReadingDictionary? words = null)
    {
        var passage = new Passage(WrittenText.Clean(text));
        var pieces = new PieceList(passage.Text);
        var dictionary = words ?? ReadingDictionary.Empty;
        for (var at = 0; at < passage.Length;)
        {
            at = (dictionary.Match(passage, at) ?? MatchOf(passage, at)) is { } match && match.End > at
                ? pieces.Say(at, match)
                : pieces.Keep(at);
        }

        return pieces.ToText();
    }

    /// <summary>A text for a voice of another language: nothing but its invisible characters is changed.</summary>
    public static ReadText AsWritten(string text)
    {
        var clean = WrittenText.Clean(text);
        return new ReadText(clean.Length > 0 ? [new ReadPiece(clean, clean)] : []);
    }

    private static Match? MatchOf(Passage passage, int at)
    {
        // Inside a word no rule begins.
        if (char.IsLetter(passage[at]) && !passage.StartsWord(at))
        {
            return null;
        }

        foreach (var rule in Rules)
        {
            if (rule.Match(passage, at) is { } match)
            {
                return match;
            }
        }

        return null;
    }
}

/// <summary>How one kind of writing is said.</summary>
internal interface IReadingRule
{
    /// <summary>The reading of what begins at a place of the passage, or null. It looks at a bounded part of it.</summary>
    Match? Match(Passage passage, int at);
}

/// <summary>The reading of a part of a passage.</summary>
/// <param name="End">Index after its last character.</param>
/// <param name="Spoken">The words; they may begin or end with a mark for a pause.</param>
/// <param name="Doubt">Why it is unsure.</param>
internal readonly record struct Match(int End, string Spoken, ReadingDoubt Doubt = ReadingDoubt.None);
