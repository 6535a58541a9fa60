using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>A person as an administrator sees one.</summary>
/// <param name="Person">Who.</param>
/// <param name="Roles">Those held within the administrator's areas.</param>
/// <param name="InvitedUntil">End of a link that was not used yet.</param>
/// <param name="IsWithin">Whether all roles lie within the administrator's areas, so that the person may be disabled or
/// reset.</param>
/// <param name="IsDisabled">Whether the person is kept out.</param>
public sealed record Account(
    Person Person, IReadOnlyList<RoleRow> Roles, DateTimeOffset? InvitedUntil, bool IsWithin, bool IsDisabled);

/// <summary>Reads people for those who look after them.</summary>
public sealed class AccountQuery(IDbContextFactory<RadioDb> databases, AccessQuery access, LocalTime local)
{
    /// <summary>People with a role in the administrator's areas, and people with none at all, by user name.</summary>
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/>: the actor administers nothing.</exception>
    public async Task<IReadOnlyList<Account>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        var scope = (await access.GrantsAsync(actor, cancellationToken)).Of(Right.Administer);
        if (scope.IsEmpty)
        {
            throw new RefusedException(Refusal.NotAllowed);
        }

        var roles = await access.RolesAsync(AreaScope.Everywhere, cancellationToken);
        var now = local.Now;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var people = await db.Users.AsNoTracking().OrderBy(person => person.NormalizedUserName).ToListAsync(cancellationToken);
        var invited = await db.Invitations.AsNoTracking().Where(row => row.ExpiresAt > now)
            .ToDictionaryAsync(row => row.PersonId, row => row.ExpiresAt, cancellationToken);
        return
        [
            .. from person in people
               let held = roles[person.Id].ToList()
               let seen = held.Where(role => scope.Holds(role.AreaId)).ToList()
               where seen.Count > 0 || held.Count == 0
               select new Account(
                   person, seen, invited.TryGetValue(person.Id, out var until) ? until : null,
                   seen.Count == held.Count && (held.Count > 0 || scope.IsEverywhere),
                   person.LockoutEnd > now),
        ];
    }

    /// <summary>One of those, or null.</summary>
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/>: the actor administers nothing.</exception>
    public async Task<Account?> FindAsync(string personId, Actor actor, CancellationToken cancellationToken) =>
        (await ListAsync(actor, cancellationToken)).FirstOrDefault(account => account.Person.Id == personId);
}
