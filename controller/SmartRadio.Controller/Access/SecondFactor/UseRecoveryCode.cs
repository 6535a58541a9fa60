using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>Takes a recovery code in place of the six digits, once.</summary>
public sealed class UseRecoveryCode(IDataProtectionProvider protection, AuditedChanges changes)
{
    /// <exception cref="RefusedException"><see cref="PersonRefusal.CodeWrong"/>.</exception>
    /// <returns>How many codes are left.</returns>
    public Task<int> HandleAsync(Person who, string code, CancellationToken cancellationToken) =>
        changes.ApplyAsync(new Actor(who.Id, who.DisplayName), Right.Own, "person.recovery-code", async (change, token) =>
        {
            var id = change.Own();
            var person = await change.Db.Users.SingleAsync(row => row.Id == id, token);
            var store = new PersonStore(change.Db, protection) { AutoSaveChanges = false };
            if (!person.TwoFactorEnabled || RecoveryCodes.Read(code) is not { } read
                || !await store.TakeCodeAsync(person, read, token))
            {
                throw new RefusedException(PersonRefusal.CodeWrong);
            }

            var left = await store.CountCodesAsync(person, token);
            return change.Report(left, $"person {person.UserName}", new { Left = left });
        }, cancellationToken);
}
