using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Complaints;

/// <summary>Entries about complaints of loudspeakers in the areas.</summary>
internal sealed class AuditedComplaints : IAuditedIn
{
    public IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas)
    {
        var subjects = db.Complaints.Where(complaint => areas.Contains(complaint.AreaId))
            .Select(complaint => "complaint " + complaint.Id);
        return db.Audit.Where(entry => subjects.Contains(entry.Subject)).Select(entry => entry.Id);
    }
}
