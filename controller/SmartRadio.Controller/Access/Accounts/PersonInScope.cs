using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>Changes of a person need the right wherever that person holds a role, or everywhere for who holds none.</summary>
internal static class PersonInScope
{
    /// <summary>Finds the person and checks the right at all areas of the person's roles.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="AccessRefusal.UnknownPerson"/>, <see cref="Refusal.NotAllowed"/>.
    /// </exception>
    public static async Task<Person> AtPersonAsync(this Change change, string personId, CancellationToken cancellationToken)
    {
        // Whoever administers nothing does not learn who is there.
        change.WithinScope();
        var person = await change.Db.Users.FindAsync([personId], cancellationToken)
            ?? throw new RefusedException(AccessRefusal.UnknownPerson, personId);
        var areas = await change.Db.Roles.Where(grant => grant.PersonId == personId).Select(grant => grant.AreaId)
            .ToListAsync(cancellationToken);
        if (areas.Count == 0)
        {
            // Whose they were, nobody knows any more.
            change.Everywhere();
        }

        foreach (var area in areas)
        {
            change.At(area);
        }

        return person;
    }

    /// <summary>
    /// Checks that an administrator of everything is left who can sign in, when this person no longer can or is none.
    /// </summary>
    /// <exception cref="RefusedException"><see cref="AccessRefusal.LastAdministrator"/>.</exception>
    public static async Task KeepAdministratorAsync(
        this Change change, string personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var all = change.Db.Roles.Where(grant => grant.Role == Role.Administrator && grant.AreaId == null);
        if (await all.AnyAsync(grant => grant.PersonId == personId, cancellationToken) && !await (
            from grant in all
            join person in change.Db.Users on grant.PersonId equals person.Id
            where grant.PersonId != personId && person.PasswordHash != null
                && (person.LockoutEnd == null || person.LockoutEnd < now)
            select grant).AnyAsync(cancellationToken))
        {
            throw new RefusedException(AccessRefusal.LastAdministrator);
        }
    }
}
