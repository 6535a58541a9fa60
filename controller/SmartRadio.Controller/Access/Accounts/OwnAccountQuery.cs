using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Access.SecondFactor;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>What a person sees of the own account.</summary>
/// <param name="Person">Who.</param>
/// <param name="Roles">The roles held, each once.</param>
/// <param name="RecoveryCodes">How many are left; 0 without a second factor.</param>
public sealed record OwnAccount(Person Person, IReadOnlyList<Role> Roles, int RecoveryCodes)
{
    /// <summary>Whether everybody here needs a second factor.</summary>
    public bool IsSecondFactorForAll { get; init; }

    /// <summary>Whether the roles are such that a stolen password must not be enough, or it is so for everybody.</summary>
    public bool NeedsSecondFactor => IsSecondFactorForAll || Roles.Any(RoleRights.NeedSecondFactor.Contains);
}

/// <summary>Reads the own account.</summary>
public sealed class OwnAccountQuery(
    IDbContextFactory<RadioDb> databases, SecondFactorStore secondFactors, IOptions<SecondFactorOptions> options)
{
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/>: no person asks.</exception>
    public async Task<OwnAccount> FindAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == actor.PersonId, cancellationToken)
            ?? throw new RefusedException(Refusal.NotAllowed);
        var roles = await db.Roles.Where(grant => grant.PersonId == person.Id).Select(grant => grant.Role).Distinct()
            .ToListAsync(cancellationToken);
        return new OwnAccount(
            person, [.. roles.Order()],
            person.TwoFactorEnabled ? await secondFactors.In(db).CountCodesAsync(person, cancellationToken) : 0)
        {
            IsSecondFactorForAll = options.Value.SecondFactorForAll,
        };
    }
}
