using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>Gives a person new recovery codes; those before open nothing any more.</summary>
public sealed class RenewRecoveryCodes(ProofCheck proofs, SecondFactorStore store, AuditedChanges changes)
{
    /// <exception cref="RefusedException">
    /// As of <see cref="ProofCheck.CheckAsync"/>; <see cref="AccessRefusal.NoSecondFactor"/>.
    /// </exception>
    /// <returns>The codes, to be shown once.</returns>
    public async Task<IReadOnlyList<string>> HandleAsync(OwnProof proof, Actor actor, CancellationToken cancellationToken)
    {
        var known = await proofs.CheckAsync(proof, actor, cancellationToken);
        if (!known.TwoFactorEnabled || await store.KeyOfAsync(known, cancellationToken) is not { } key)
        {
            throw new RefusedException(AccessRefusal.NoSecondFactor);
        }

        var codes = RecoveryCodes.New();
        var hashes = RecoveryCodes.HashesOf(codes, key);
        return await changes.ApplyAsync(actor, Right.Own, "person.recovery-codes", async (change, token) =>
        {
            // With another key or without one the person has another security stamp.
            var person = await ProofCheck.SameAsync(change, known, token);
            await store.In(change.Db).ReplaceCodesAsync(person, hashes, token);
            return change.Report(codes, $"person {person.UserName}", new { });
        }, cancellationToken);
    }
}
