using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>Gives a person new recovery codes; those before open nothing any more.</summary>
public sealed class RenewRecoveryCodes(OwnPassword password, SecondFactorStore store, AuditedChanges changes)
{
    /// <exception cref="RefusedException">
    /// <see cref="PersonRefusal.PasswordWrong"/>; <see cref="AccessRefusal.NoSecondFactor"/>; <see cref="Refusal.NotAllowed"/>
    /// when no person asks.
    /// </exception>
    /// <returns>The codes, to be shown once.</returns>
    public async Task<IReadOnlyList<string>> HandleAsync(string current, Actor actor, CancellationToken cancellationToken)
    {
        var known = await password.CheckAsync(current, actor, cancellationToken);
        if (!known.TwoFactorEnabled || await store.KeyOfAsync(known, cancellationToken) is not { } key)
        {
            throw new RefusedException(AccessRefusal.NoSecondFactor);
        }

        var codes = RecoveryCodes.New();
        var hashes = RecoveryCodes.HashesOf(codes, key);
        return await changes.ApplyAsync(actor, Right.Own, "person.recovery-codes", async (change, token) =>
        {
            // With another key or without one the person has another security stamp.
            var person = await OwnPassword.SameAsync(change, known, token);
            await store.In(change.Db).ReplaceCodesAsync(person, hashes, token);
            return change.Report(codes, $"person {person.UserName}", new { });
        }, cancellationToken);
    }
}
