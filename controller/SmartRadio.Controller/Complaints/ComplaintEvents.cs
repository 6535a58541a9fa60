using System.Globalization;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Complaints;

/// <summary>A complaint came, was answered, closed or opened again.</summary>
public sealed record ComplaintChanged(long ComplaintId) : IEvent
{
    public IEnumerable<Subject> About => [new("complaint", ComplaintId.ToString(CultureInfo.InvariantCulture))];
}
