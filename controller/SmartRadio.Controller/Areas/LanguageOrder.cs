namespace SmartRadio.Controller.Areas;

/// <summary>The languages that are spoken in an area, in the order in which a bulletin says its words in them.</summary>
public sealed record LanguageOrder
{
    /// <summary>Most languages of an area.</summary>
    public const int Most = 10;

    /// <summary>The language of words of which nobody said another.</summary>
    public const string Vietnamese = "Tiếng Việt";

    private LanguageOrder(IReadOnlyList<string> names) => Names = names;

    /// <summary>What holds where no area says otherwise.</summary>
    public static LanguageOrder Default { get; } = new([Vietnamese]);

    public IReadOnlyList<string> Names { get; }

    /// <param name="names">One to <see cref="Most"/>, each one line and once.</param>
    /// <exception cref="RefusedException">
    /// <see cref="AreaRefusal.TooManyLanguages"/>, <see cref="AreaRefusal.LanguageTwice"/>, <see cref="Refusal.NameMissing"/>,
    /// <see cref="Refusal.NameTooLong"/>, <see cref="Refusal.ControlCharacters"/>.
    /// </exception>
    public static LanguageOrder Of(IReadOnlyList<string> names)
    {
        if (names.Count is 0 or > Most)
        {
            throw new RefusedException(AreaRefusal.TooManyLanguages, Most);
        }

        List<string> order = [.. names.Select(PlainText.Name)];
        var twice = order.Index().Where(each => order.FindIndex(other => IsSame(other, each.Item)) < each.Index).ToList();
        return twice.Count == 0 ? new(order) : throw new RefusedException(AreaRefusal.LanguageTwice, twice[0].Item);
    }

    /// <summary>Reads what <see cref="ToString"/> writes, a line a name.</summary>
    public static LanguageOrder Parse(string text) => new(text.Split('\n'));

    /// <summary>Whether two names are of one language.</summary>
    public static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a language stands, from 0 on; one that is not in the order comes last.</summary>
    public int PlaceOf(string language)
    {
        var place = Names.Index().FirstOrDefault(each => IsSame(each.Item, language), (Index: Most, Item: language));
        return place.Index;
    }

    public override string ToString() => string.Join('\n', Names);
}
