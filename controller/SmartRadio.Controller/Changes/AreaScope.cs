namespace SmartRadio.Controller.Changes;

/// <summary>The areas at which somebody holds a right: everywhere, or these ids, what lies below them included.</summary>
public sealed class AreaScope
{
    private AreaScope(IReadOnlySet<long>? areas) => Areas = areas;

    public static AreaScope Everywhere { get; } = new(null);

    public static AreaScope None { get; } = new(new HashSet<long>());

    /// <summary>Null means everywhere.</summary>
    public IReadOnlySet<long>? Areas { get; }

    public bool IsEverywhere => Areas is null;

    public bool IsEmpty => Areas is { Count: 0 };

    public static AreaScope Of(IReadOnlySet<long> areas) => new(areas);

    /// <summary>Those of the areas asked for that lie in it, as a filter: null means any.</summary>
    public IReadOnlyCollection<long>? Within(IReadOnlyCollection<long>? asked) =>
        Areas is not { } held ? asked : asked is null ? held : [.. asked.Where(held.Contains)];

    public bool Holds(long area) => Areas?.Contains(area) ?? true;

    /// <summary>What belongs to no area belongs to all of them together.</summary>
    public bool Holds(long? area) => area is { } one ? Holds(one) : IsEverywhere;
}
