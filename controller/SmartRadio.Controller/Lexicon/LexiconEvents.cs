using System.Globalization;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Lexicon;

/// <summary>The words of an area, or of all together, were changed.</summary>
public sealed record LexiconChanged(long? AreaId) : IEvent
{
    public IEnumerable<Subject> About => [new("lexicon", AreaId?.ToString(CultureInfo.InvariantCulture) ?? LexiconSubject.All)];
}

/// <summary>How the audit log names the words of an area.</summary>
internal static class LexiconSubject
{
    public const string All = "all";

    public static string Of(long? area) =>
        area is { } id ? string.Create(CultureInfo.InvariantCulture, $"lexicon {id}") : $"lexicon {All}";
}
