namespace SmartRadio.Controller.Lexicon;

/// <summary>Why something about the words of an area was refused.</summary>
[RefusalCodes]
public static class LexiconRefusal
{
    [Refusal(RefusalKind.Unknown)]
    public const string UnknownWord = nameof(UnknownWord);

    /// <summary>Nothing, or nothing that could be said.</summary>
    public const string WordMissing = nameof(WordMissing);

    /// <summary>With the most characters and the most words.</summary>
    public const string WordTooLong = nameof(WordTooLong);

    public const string SpokenMissing = nameof(SpokenMissing);

    /// <summary>With the most characters.</summary>
    public const string SpokenTooLong = nameof(SpokenTooLong);

    /// <summary>With the most words of an area.</summary>
    public const string TooManyWords = nameof(TooManyWords);

    /// <summary>With the most words of all areas.</summary>
    public const string TooManyWordsInAll = nameof(TooManyWordsInAll);
}
