using System.Globalization;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Bulletins;

/// <summary>A bulletin was made or approved.</summary>
public sealed record BulletinChanged(long BulletinId) : IEvent
{
    public IEnumerable<Subject> About => [new("bulletin", BulletinId.ToString(CultureInfo.InvariantCulture))];
}
