using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access;

/// <summary>Entries by and about people whose roles all lie in the areas.</summary>
internal sealed class AuditedPeople : IAuditedIn
{
    public IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas)
    {
        var outside = db.Roles.Where(role => role.AreaId == null || !areas.Contains(role.AreaId.Value))
            .Select(role => role.PersonId);
        var people = db.Users.Where(person => db.Roles.Any(role => role.PersonId == person.Id) && !outside.Contains(person.Id));
        var (ids, subjects) = (people.Select(person => person.Id), people.Select(person => "person " + person.UserName));
        return db.Audit.Where(entry => ids.Contains(entry.PersonId) || subjects.Contains(entry.Subject))
            .Select(entry => entry.Id);
    }
}
