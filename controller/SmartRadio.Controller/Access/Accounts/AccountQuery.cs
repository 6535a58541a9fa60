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
    /// <summary>
    /// People with a role in the administrator's areas, and people with none at all, by user name, and how many there are in all.
    /// </summary>
    /// <param name="actor">The administrator.</param>
    /// <param name="after">Only those after this one in the order of the list, by id.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.NotAllowed"/>: the actor administers nothing; <see cref="Refusal.Malformed"/>: nobody has that id.
    /// </exception>
    public async Task<(IReadOnlyList<Account> Rows, int Total)> ListAsync(
        Actor actor, string? after, int take, CancellationToken cancellationToken)
    {
        var scope = await ScopeAsync(actor, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var seen = Seen(db, scope);
        var last = after is null ? null
            : await db.Users.Where(person => person.Id == after).Select(person => person.NormalizedUserName)
                .SingleOrDefaultAsync(cancellationToken) ?? throw new RefusedException(Refusal.Malformed, "after");
        var people = await seen.Where(person => last == null || person.NormalizedUserName!.CompareTo(last) > 0)
            .OrderBy(person => person.NormalizedUserName).Take(take).ToListAsync(cancellationToken);
        return (await ReadAsync(db, people, scope, cancellationToken), await seen.CountAsync(cancellationToken));
    }

    /// <summary>One of those, or null.</summary>
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/>: the actor administers nothing.</exception>
    public async Task<Account?> FindAsync(string personId, Actor actor, CancellationToken cancellationToken)
    {
        var scope = await ScopeAsync(actor, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var people = await Seen(db, scope).Where(person => person.Id == personId).ToListAsync(cancellationToken);
        return (await ReadAsync(db, people, scope, cancellationToken)).SingleOrDefault();
    }

    private static IQueryable<Person> Seen(RadioDb db, AreaScope scope) => scope.Areas is { } areas
        ? db.Users.AsNoTracking().Where(person => !db.Roles.Any(role => role.PersonId == person.Id)
            || db.Roles.Any(role => role.PersonId == person.Id && role.AreaId != null && areas.Contains(role.AreaId.Value)))
        : db.Users.AsNoTracking();

    private async Task<AreaScope> ScopeAsync(Actor actor, CancellationToken cancellationToken)
    {
        var scope = (await access.GrantsAsync(actor, cancellationToken)).Of(Right.Administer);
        return scope.IsEmpty ? throw new RefusedException(Refusal.NotAllowed) : scope;
    }

    private async Task<List<Account>> ReadAsync(
        RadioDb db, List<Person> people, AreaScope scope, CancellationToken cancellationToken)
    {
        var ids = people.ConvertAll(person => person.Id);
        var roles = await access.RolesAsync(ids, cancellationToken);
        var now = local.Now;
        var invited = await db.Invitations.AsNoTracking().Where(row => row.ExpiresAt > now && ids.Contains(row.PersonId))
            .ToDictionaryAsync(row => row.PersonId, row => row.ExpiresAt, cancellationToken);
        return people.ConvertAll(person =>
        {
            var held = roles[person.Id].ToList();
            var seen = held.FindAll(role => scope.Holds(role.AreaId));
            return new Account(
                person, seen, invited.TryGetValue(person.Id, out var until) ? until : null,
                seen.Count == held.Count && (held.Count > 0 || scope.IsEverywhere), person.LockoutEnd > now);
        });
    }
}
