using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Templates;

/// <summary>Entries about templates of the areas.</summary>
internal sealed class AuditedTemplates : IAuditedIn
{
    public IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas)
    {
        var subjects = db.Templates.Where(template => template.AreaId != null && areas.Contains(template.AreaId.Value))
            .Select(template => "template " + template.Id);
        return db.Audit.Where(entry => subjects.Contains(entry.Subject)).Select(entry => entry.Id);
    }
}
