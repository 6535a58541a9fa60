using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Areas;

/// <summary>Entries about the areas themselves.</summary>
internal sealed class AuditedAreas : IAuditedIn
{
    public IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas)
    {
        var subjects = db.Areas.Where(area => areas.Contains(area.Id)).Select(area => "area " + area.Id);
        return db.Audit.Where(entry => subjects.Contains(entry.Subject)).Select(entry => entry.Id);
    }
}
