namespace SmartRadio.Controller.Lexicon;

/// <summary>A word that an area, and all below it, says in its own way.</summary>
public sealed class LexiconWord
{
    public long Id { get; set; }

    /// <summary>The area; null = all together.</summary>
    public long? AreaId { get; set; }

    public required string Written { get; set; }

    /// <summary>What two writings of one word share, see <see cref="Audio.Reading.ReadingDictionary.KeyOf"/>.</summary>
    public required string Key { get; set; }

    /// <summary>What a voice is given in its place.</summary>
    public required string Spoken { get; set; }

    /// <summary>A mark of how an area says a word, see <see cref="ShownMark"/>; null = not in its own way.</summary>
    public static string MarkOf(LexiconWord? word) => ShownMark.Of(word?.Written, word?.Spoken);
}
