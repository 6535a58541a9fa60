using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Lexicon;

/// <summary>Entries about the words of the areas; those of all together belong to none.</summary>
internal sealed class AuditedLexicon : IAuditedIn
{
    public IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas)
    {
        var subjects = db.Areas.Where(area => areas.Contains(area.Id)).Select(area => "lexicon " + area.Id);
        return db.Audit.Where(entry => subjects.Contains(entry.Subject)).Select(entry => entry.Id);
    }
}
