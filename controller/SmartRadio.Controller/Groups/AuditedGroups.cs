using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Groups;

/// <summary>Entries about the groups of the areas.</summary>
internal sealed class AuditedGroups : IAuditedIn
{
    public IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas)
    {
        var subjects = db.Groups.Where(group => areas.Contains(group.AreaId)).Select(group => "group " + group.Id);
        return db.Audit.Where(entry => subjects.Contains(entry.Subject)).Select(entry => entry.Id);
    }
}
