using Microsoft.AspNetCore.DataProtection;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>Gives a person new recovery codes; those before open nothing any more.</summary>
public sealed class RenewRecoveryCodes(OwnPassword password, IDataProtectionProvider protection, AuditedChanges changes)
{
    /// <exception cref="RefusedException">
    /// <see cref="PersonRefusal.PasswordWrong"/>; <see cref="AccessRefusal.NoSecondFactor"/>; <see cref="Refusal.NotAllowed"/>
    /// when no person asks.
    /// </exception>
    /// <returns>The codes, to be shown once.</returns>
    public async Task<IReadOnlyList<string>> HandleAsync(string current, Actor actor, CancellationToken cancellationToken)
    {
        var known = await password.CheckAsync(current, actor, cancellationToken);
        return await changes.ApplyAsync(actor, Right.Own, "person.recovery-codes", async (change, token) =>
        {
            var person = await OwnPassword.SameAsync(change, known, token);
            if (!person.TwoFactorEnabled)
            {
                throw new RefusedException(AccessRefusal.NoSecondFactor);
            }

            var codes = RecoveryCodes.New();
            await new PersonStore(change.Db, protection) { AutoSaveChanges = false }.KeepCodesAsync(person, codes, token);
            return change.Report(codes, $"person {person.UserName}", new { });
        }, cancellationToken);
    }
}
