using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Areas;

/// <summary>An area was added or changed.</summary>
public sealed record AreaChanged(long AreaId) : IEvent
{
    public IEnumerable<Subject> About => [new("area", AreaId.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}

/// <summary>People exercise no more in an area and all below it.</summary>
public sealed record ExerciseEnded(long AreaId) : IEvent
{
    public IEnumerable<Subject> About => [new("area", AreaId.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}

/// <summary>The hours, minutes or volumes that bind an area and all below it were set.</summary>
public sealed record AreaRulesSet(long AreaId) : IEvent
{
    public IEnumerable<Subject> About => [new("area", AreaId.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}
