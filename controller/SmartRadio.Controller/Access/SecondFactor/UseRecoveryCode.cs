using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>Takes a recovery code in place of the six digits, once.</summary>
public sealed class UseRecoveryCode(SecondFactorStore secondFactors, AuditedChanges changes)
{
    /// <param name="who">The person as read when the password was checked.</param>
    /// <param name="code">As typed.</param>
    /// <param name="address">Whence, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is changed then.</param>
    /// <exception cref="RefusedException"><see cref="PersonRefusal.CodeWrong"/>.</exception>
    /// <returns>How many codes are left.</returns>
    public async Task<int> HandleAsync(Person who, string code, string? address, CancellationToken cancellationToken)
    {
        // Hashing takes long on purpose: before the change, which keeps all others waiting.
        if (RecoveryCodes.Read(code) is not { } read || await secondFactors.KeyOfAsync(who, cancellationToken) is not { } key)
        {
            throw new RefusedException(PersonRefusal.CodeWrong);
        }

        var hash = RecoveryCodes.HashOf(read, key);
        var actor = new Actor(who.Id, who.DisplayName) { Address = address };
        return await changes.ApplyAsync(actor, Right.Own, "person.recovery-code", async (change, token) =>
        {
            var id = change.Own();
            // With another key or without one the person has another security stamp.
            var person = await change.Db.Users.SingleOrDefaultAsync(
                row => row.Id == id && row.SecurityStamp == who.SecurityStamp, token);
            var store = secondFactors.In(change.Db);
            if (person is not { TwoFactorEnabled: true } || !await store.TakeCodeAsync(person, read, hash, token))
            {
                throw new RefusedException(PersonRefusal.CodeWrong);
            }

            var left = await store.CountCodesAsync(person, token);
            return change.Report(left, $"person {person.UserName}", new { Left = left });
        }, cancellationToken);
    }
}
