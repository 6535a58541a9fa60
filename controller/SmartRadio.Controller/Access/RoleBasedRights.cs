using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access;

/// <summary>
/// Rights come from roles on areas and reach down the tree. What an API key may do is also within what it was made for.
/// </summary>
internal sealed class RoleBasedRights(TimeProvider time) : IRights
{
    public async Task<Grants> OfAsync(RadioDb db, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.PersonId is not { } person)
        {
            return Grants.Everything;
        }

        // A page that is still open does nothing any more once its person is disabled.
        if (await IsDisabledAsync(db, person, cancellationToken))
        {
            return Grants.Nothing;
        }

        var roles = await db.Roles.AsNoTracking().Where(grant => grant.PersonId == person).ToListAsync(cancellationToken);
        var tree = new Lazy<Task<AreaTree>>(() => AreaQuery.LoadAsync(db, cancellationToken));
        var scopes = new Dictionary<Right, AreaScope>();
        foreach (var right in Enum.GetValues<Right>())
        {
            var areas = roles.Where(grant => RoleRights.Of(grant.Role).Contains(right)).Select(grant => grant.AreaId).ToList();
            scopes[right] = await ScopeAsync(areas, tree);
        }

        scopes[Right.Own] = AreaScope.Everywhere;
        return actor.KeyId is { } key ? await WithinAsync(db, key, scopes, tree, cancellationToken) : new Grants(scopes);
    }

    public async Task<bool> MayAnywhereAsync(RadioDb db, Actor actor, Right right, CancellationToken cancellationToken)
    {
        if (actor.PersonId is not { } person)
        {
            return true;
        }

        var giving = RoleRights.Giving(right);
        if (await IsDisabledAsync(db, person, cancellationToken)
            || (right != Right.Own
                && !await db.Roles.AnyAsync(grant => grant.PersonId == person && giving.Contains(grant.Role), cancellationToken)))
        {
            return false;
        }

        return actor.KeyId is not { } id
            || (await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } key
                && right != Right.Own
                && (key.Roles is not { } limited
                    || limited.Split(',').Any(name => giving.Contains(Enum.Parse<Role>(name)))));
    }

    public Task<string?> AccountAsync(RadioDb db, string personId, CancellationToken cancellationToken) =>
        db.Users.Where(row => row.Id == personId).Select(row => row.UserName).SingleOrDefaultAsync(cancellationToken);

    public async Task<bool> AnybodyElseMayAsync(
        RadioDb db, Right right, IReadOnlyCollection<long>? areas, string personId, CancellationToken cancellationToken)
    {
        if (areas is { Count: 0 })
        {
            return false;
        }

        var giving = RoleRights.Giving(right);
        var now = time.GetUtcNow();
        var others = await (
            from grant in db.Roles.AsNoTracking()
            join person in db.Users on grant.PersonId equals person.Id
            where grant.PersonId != personId && giving.Contains(grant.Role)
                && (person.LockoutEnd == null || person.LockoutEnd < now)
            select grant.AreaId).ToListAsync(cancellationToken);
        if (others.Contains(null))
        {
            return true;
        }

        if (areas is null || others.Count == 0)
        {
            return false;
        }

        var held = (await AreaQuery.LoadAsync(db, cancellationToken)).WithDescendants(others.OfType<long>());
        return areas.Any(held.Contains);
    }

    private Task<bool> IsDisabledAsync(RadioDb db, string person, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return db.Users.AnyAsync(row => row.Id == person && row.LockoutEnd > now, cancellationToken);
    }

    private static async Task<AreaScope> ScopeAsync(List<long?> areas, Lazy<Task<AreaTree>> tree) =>
        areas.Contains(null) ? AreaScope.Everywhere
        : areas.Count == 0 ? AreaScope.None
        : AreaScope.Of((await tree.Value).WithDescendants(areas.OfType<long>()));

    private static async Task<Grants> WithinAsync(
        RadioDb db, long keyId, Dictionary<Right, AreaScope> scopes, Lazy<Task<AreaTree>> tree,
        CancellationToken cancellationToken)
    {
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(row => row.Id == keyId, cancellationToken);
        scopes.Remove(Right.Own);
        if (key is null)
        {
            return Grants.Nothing;
        }

        if (key.Roles is { } limited)
        {
            var allowed = limited.Split(',').SelectMany(name => RoleRights.Of(Enum.Parse<Role>(name))).ToHashSet();
            scopes = scopes.Where(scope => allowed.Contains(scope.Key)).ToDictionary(scope => scope.Key, scope => scope.Value);
        }

        if (key.AreaId is { } area)
        {
            var below = (await tree.Value).WithDescendants([area]);
            scopes = scopes.ToDictionary(
                scope => scope.Key,
                scope => scope.Value.Areas is { } held ? AreaScope.Of(held.Intersect(below).ToHashSet()) : AreaScope.Of(below));
        }

        return new Grants(scopes);
    }
}
