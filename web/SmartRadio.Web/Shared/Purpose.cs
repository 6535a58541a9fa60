namespace SmartRadio.Web.Shared;

/// <summary>What a page is for, by the first part of its address, and where the guide tells of it.</summary>
/// <param name="Text">Resource of the line.</param>
/// <param name="Section">Number of the guide's section.</param>
internal sealed record Purpose(string Text, int Section)
{
    private static readonly Dictionary<string, Purpose> All = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = new("For.home", 1),
        ["bulletins"] = new("For.bulletins", 2),
        ["programmes"] = new("For.programmes", 2),
        ["lexicon"] = new("For.lexicon", 2),
        ["templates"] = new("For.templates", 2),
        ["schedules"] = new("For.schedules", 4),
        ["calendar"] = new("For.calendar", 4),
        ["air"] = new("For.air", 5),
        ["broadcasts"] = new("For.broadcasts", 5),
        ["stop"] = new("For.stop", 6),
        ["complaints"] = new("For.complaints", 7),
        ["nodes"] = new("For.nodes", 8),
        ["groups"] = new("For.groups", 4),
        ["areas"] = new("For.areas", 8),
        ["people"] = new("For.people", 8),
        ["keys"] = new("For.keys", 8),
        ["releases"] = new("For.releases", 8),
        ["audit"] = new("For.audit", 8),
        ["more"] = new("For.more", 1),
        ["account"] = new("For.account", 8),
        ["password"] = new("For.password", 8),
    };

    /// <summary>The page at an address; null for one that explains itself.</summary>
    public static Purpose? Of(PathString path) =>
        All.GetValueOrDefault((path.Value ?? string.Empty).Split('/').ElementAtOrDefault(1) ?? string.Empty);
}
