namespace SmartRadio.Controller.Changes;

/// <summary>All that somebody may do at one moment.</summary>
/// <param name="scopes">Where each right holds; a right that is not in it holds nowhere.</param>
public sealed class Grants(IReadOnlyDictionary<Right, AreaScope> scopes)
{
    /// <summary>The program's own.</summary>
    public static Grants Everything { get; } = new(
        Enum.GetValues<Right>().ToDictionary(right => right, _ => AreaScope.Everywhere));

    public static Grants Nothing { get; } = new(new Dictionary<Right, AreaScope>());

    public AreaScope Of(Right right) => scopes.GetValueOrDefault(right, AreaScope.None);

    /// <summary>Where any of the rights holds.</summary>
    public AreaScope OfAny(IEnumerable<Right> rights)
    {
        var held = rights.Select(Of).ToList();
        return held.Exists(scope => scope.IsEverywhere)
            ? AreaScope.Everywhere
            : AreaScope.Of(held.SelectMany(scope => scope.Areas!).ToHashSet());
    }

    public bool May(Right right, long? area) => Of(right).Holds(area);

    /// <summary>Whether there is any area at which the right holds.</summary>
    public bool MayAnywhere(Right right) => !Of(right).IsEmpty;
}
