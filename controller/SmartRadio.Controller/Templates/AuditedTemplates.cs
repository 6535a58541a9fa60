using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Templates;

/// <summary>Entries about the templates of the areas; those of all together belong to none.</summary>
internal sealed class AuditedTemplates : IAuditedIn
{
    public IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas)
    {
        var subjects = db.Areas.Where(area => areas.Contains(area.Id)).Select(area => "templates " + area.Id);
        return db.Audit.Where(entry => subjects.Contains(entry.Subject)).Select(entry => entry.Id);
    }
}
