using System.Globalization;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Bulletins;

/// <summary>A bulletin was made, approved, returned, withdrawn or deleted.</summary>
public sealed record BulletinChanged(long BulletinId) : IEvent
{
    public IEnumerable<Subject> About => [new("bulletin", BulletinId.ToString(CultureInfo.InvariantCulture))];
}

/// <summary>A bulletin may be aired from now on.</summary>
public sealed record BulletinApproved(long BulletinId) : IEvent
{
    public IEnumerable<Subject> About => [];
}

/// <summary>A bulletin was made that is to take the place of another.</summary>
public sealed record BulletinVersionAdded(long BulletinId, long PreviousId) : IEvent
{
    public IEnumerable<Subject> About => [];
}

/// <summary>An approved bulletin is not to be aired any more.</summary>
public sealed record BulletinWithdrawn(long BulletinId) : IEvent
{
    public IEnumerable<Subject> About => [];
}
