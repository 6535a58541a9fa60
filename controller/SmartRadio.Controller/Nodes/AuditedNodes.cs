using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Nodes;

/// <summary>Entries about nodes in the areas.</summary>
internal sealed class AuditedNodes : IAuditedIn
{
    public IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas)
    {
        var subjects = db.Nodes.Where(node => areas.Contains(node.AreaId)).Select(node => "node " + node.Id);
        return db.Audit.Where(entry => subjects.Contains(entry.Subject)).Select(entry => entry.Id);
    }
}
