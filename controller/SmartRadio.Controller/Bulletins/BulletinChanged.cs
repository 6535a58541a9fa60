using System.Globalization;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Bulletins;

/// <summary>A bulletin was made, approved, returned, withdrawn or deleted.</summary>
public sealed record BulletinChanged(long BulletinId) : IEvent
{
    public IEnumerable<Subject> About => [new("bulletin", BulletinId.ToString(CultureInfo.InvariantCulture))];
}

/// <summary>An approved bulletin is not to be aired any more.</summary>
public sealed record BulletinWithdrawn(long BulletinId) : IEvent
{
    public IEnumerable<Subject> About => [];
}
