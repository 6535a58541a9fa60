using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Areas;

/// <summary>The areas at one moment, and what they inherit from those above. It does not change once made.</summary>
public sealed class AreaTree
{
    private readonly Dictionary<long, Area> _areas;
    private readonly ILookup<long?, Area> _children;
    private readonly AreaTree? _whole;

    public AreaTree(IEnumerable<Area> areas)
        : this(areas, whole: null)
    {
    }

    private AreaTree(IEnumerable<Area> areas, AreaTree? whole)
    {
        _whole = whole;
        _areas = areas.ToDictionary(area => area.Id);
        _children = _areas.Values.OrderBy(area => area.Code, StringComparer.Ordinal)
            .ToLookup(area => area.ParentId is { } parent && _areas.ContainsKey(parent) ? area.ParentId : null);
    }

    /// <summary>
    /// What of it lies in a scope; an area whose parent does not becomes a root, and inherits from it all the same.
    /// </summary>
    public AreaTree Within(AreaScope scope) =>
        scope.IsEverywhere ? this : new(_areas.Values.Where(area => scope.Holds(area.Id)), _whole ?? this);

    public IEnumerable<Area> Roots => _children[null];

    public Area? Find(long id) => _areas.GetValueOrDefault(id);

    /// <summary>The areas directly below, by code.</summary>
    public IEnumerable<Area> Children(long id) => _children[id];

    /// <summary>
    /// All areas, each before those below it, with its level: 0 for a root. It does not recurse: a tree that was made before
    /// <see cref="LimitOptions.AreaDepth"/> may be thousands of levels deep.
    /// </summary>
    public IEnumerable<(Area Area, int Level)> Walk() => Walk(Roots);

    /// <summary>The area and all below it, as <see cref="Walk()"/>; nothing for an unknown id.</summary>
    public IEnumerable<(Area Area, int Level)> Walk(long id) => Walk(Find(id) is { } area ? [area] : []);

    /// <summary>The area and all above it, the root first; empty for an unknown id.</summary>
    public IReadOnlyList<Area> PathOf(long id)
    {
        List<Area> path = [.. Upwards(id)];
        path.Reverse();
        return path;
    }

    /// <summary>These areas and everything below them. Unknown ids are left out.</summary>
    public IReadOnlySet<long> WithDescendants(IEnumerable<long> ids)
    {
        var found = new HashSet<long>();
        var open = new Stack<long>(ids.Where(_areas.ContainsKey));
        while (open.TryPop(out var id))
        {
            if (found.Add(id))
            {
                foreach (var child in _children[id])
                {
                    open.Push(child.Id);
                }
            }
        }

        return found;
    }

    /// <summary>Those of the nearest area, upwards, that sets any; otherwise <see cref="QuietHours.Default"/>.</summary>
    public QuietHours QuietHoursOf(long id) =>
        Upwards(id).FirstOrDefault(area => area.QuietHours is not null)?.QuietHours ?? QuietHours.Default;

    /// <summary>When all of these areas are quiet, and when some are.</summary>
    public IReadOnlyList<QuietSpan> QuietSpans() => QuietSpan.Of(Walk().Select(each => QuietHoursOf(each.Area.Id)));

    /// <summary>
    /// Most minutes of sound a local day, emergencies exempt, from the nearest area that sets it; null = no limit.
    /// </summary>
    public int? MinutesPerDayOf(long id) =>
        Upwards(id).FirstOrDefault(area => area.MinutesPerDay is not null)?.MinutesPerDay;

    /// <summary>How loud nodes are by time of day, from the nearest area that sets it; null = the same all day.</summary>
    public DayVolume? DayVolumeOf(long id) =>
        Upwards(id).FirstOrDefault(area => area.DayVolume is not null)?.DayVolume;

    /// <summary>Until when people exercise in an area; null = they do not.</summary>
    public DateTimeOffset? ExerciseOf(long id, DateTimeOffset now) => Upwards(id).Max(area => area.ExerciseUntil) is { } until
        && until > now ? until : null;

    /// <summary>Whether people exercise in all of these areas, of which there is one at least.</summary>
    public bool AreInExercise(IReadOnlyCollection<long> ids, DateTimeOffset now) =>
        ids.Count > 0 && ids.All(id => ExerciseOf(id, now) is not null);

    /// <summary>The order of languages of the nearest area that sets one; of all together the usual one.</summary>
    public LanguageOrder LanguagesOf(long? id) =>
        (id is { } area ? Upwards(area).FirstOrDefault(each => each.Languages is not null)?.Languages : null)
            ?? LanguageOrder.Default;

    /// <summary>
    /// The first of <paramref name="ids"/> whose quiet hours sound of this start and length would touch, or null.
    /// </summary>
    /// <param name="ids">Areas in which the sound would be heard.</param>
    /// <param name="localStart">Start on the wall clock.</param>
    /// <param name="length">Length of the sound.</param>
    public Area? QuietArea(IEnumerable<long> ids, DateTime localStart, TimeSpan length) =>
        ids.Distinct().Order().Select(Find)
            .FirstOrDefault(area => area is not null && QuietHoursOf(area.Id).Touches(localStart, length));

    private IEnumerable<Area> Upwards(long id)
    {
        var whole = _whole ?? this;
        for (var area = whole.Find(id); area is not null; area = area.ParentId is { } parent ? whole.Find(parent) : null)
        {
            yield return area;
        }
    }

    private IEnumerable<(Area Area, int Level)> Walk(IEnumerable<Area> top)
    {
        var open = new Stack<(Area Area, int Level)>(top.Reverse().Select(area => (area, 0)));
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in _children[next.Area.Id].Reverse())
            {
                open.Push((child, next.Level + 1));
            }
        }
    }
}
