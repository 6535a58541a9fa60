using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>
/// Lets the password alone open again. Administrators and alert officers keep the second factor, and so does everybody where all
/// need one; who lost phone and codes is reset by an administrator (<see cref="ResetPersonRequest.EndsSecondFactor"/>).
/// </summary>
public sealed class RemoveSecondFactor(ProofCheck proofs, AuditedChanges changes, IOptions<SecondFactorOptions> options)
{
    /// <exception cref="RefusedException">
    /// As of <see cref="ProofCheck.CheckAsync"/>; <see cref="AccessRefusal.SecondFactorRequired"/>.
    /// </exception>
    /// <returns>The person, who may be signed in again: all sessions ended.</returns>
    public async Task<Person> HandleAsync(OwnProof proof, Actor actor, CancellationToken cancellationToken)
    {
        var known = await proofs.CheckAsync(proof, actor, cancellationToken);
        return await changes.ApplyAsync(actor, Right.Own, "person.second-factor-off", async (change, token) =>
        {
            var person = await ProofCheck.SameAsync(change, known, token);
            if (options.Value.SecondFactorForAll || await change.Db.Roles.AnyAsync(
                grant => grant.PersonId == person.Id && RoleRights.NeedSecondFactor.Contains(grant.Role), token))
            {
                throw new RefusedException(AccessRefusal.SecondFactorRequired);
            }

            await PersonStore.ForgetSecondFactorAsync(change.Db, person, token);
            person.SecurityStamp = Guid.NewGuid().ToString();
            change.Happens(new PersonChanged(person.Id));
            return change.Report(person, $"person {person.UserName}", new { });
        }, cancellationToken);
    }
}
