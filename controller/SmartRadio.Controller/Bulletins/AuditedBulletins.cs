using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Entries about bulletins of the areas, and about those that were deleted there.</summary>
internal sealed class AuditedBulletins : IAuditedIn
{
    public IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas)
    {
        var there = db.Bulletins.Where(bulletin => bulletin.AreaId != null && areas.Contains(bulletin.AreaId.Value))
            .Select(bulletin => bulletin.Id);
        var deleted = db.DeletedBulletins.Where(bulletin => areas.Contains(bulletin.AreaId)).Select(bulletin => bulletin.Id);
        var subjects = there.Concat(deleted).Select(id => "bulletin " + id);
        return db.Audit.Where(entry => subjects.Contains(entry.Subject)).Select(entry => entry.Id);
    }
}
