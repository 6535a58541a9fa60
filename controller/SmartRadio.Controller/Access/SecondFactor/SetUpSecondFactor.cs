using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <param name="Password">The present one: a page may have been left open.</param>
/// <param name="Key">As <see cref="SetUpSecondFactor.NewKey"/> gave it, read by the app.</param>
/// <param name="Code">The six digits that the app shows.</param>
public sealed record SetUpSecondFactorRequest(string Password, string Key, string Code);

/// <param name="Person">Who may be signed in again: all sessions ended.</param>
/// <param name="RecoveryCodes">To be shown once.</param>
public sealed record NewSecondFactor(Person Person, IReadOnlyList<string> RecoveryCodes)
{
    /// <summary>Keeps the codes out of logs.</summary>
    public override string ToString() => $"second factor of {Person.Id}";
}

/// <summary>
/// From then on signing in takes the digits of an authenticator app too. A key that was there before is replaced.
/// </summary>
public sealed class SetUpSecondFactor(
    OwnPassword password, TotpProvider totp, SecondFactorStore secondFactors, AuditedChanges changes)
{
    /// <summary>Characters of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>A key for the app, in base32.</summary>
    public static string NewKey() => TotpProvider.NewKey();

    /// <exception cref="RefusedException">
    /// <see cref="PersonRefusal.PasswordWrong"/>, <see cref="PersonRefusal.CodeWrong"/>; <see cref="Refusal.NotAllowed"/> when no
    /// person asks.
    /// </exception>
    public async Task<NewSecondFactor> HandleAsync(
        SetUpSecondFactorRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var known = await password.CheckAsync(request.Password, actor, cancellationToken);
        var step = totp.StepOf(request.Key, request.Code) ?? throw new RefusedException(PersonRefusal.CodeWrong);
        var codes = RecoveryCodes.New();
        var hashes = RecoveryCodes.HashesOf(codes, request.Key);
        return await changes.ApplyAsync(actor, Right.Own, "person.second-factor", async (change, token) =>
        {
            var person = await OwnPassword.SameAsync(change, known, token);
            if (!await TotpProvider.TakeAsync(change.Db, person.Id, step, token))
            {
                throw new RefusedException(PersonRefusal.CodeWrong);
            }

            var store = secondFactors.In(change.Db);
            await store.SetAuthenticatorKeyAsync(person, request.Key, token);
            await store.ReplaceCodesAsync(person, hashes, token);
            person.TwoFactorEnabled = true;
            person.SecurityStamp = Guid.NewGuid().ToString();
            change.Happens(new PersonChanged(person.Id));
            return change.Report(new NewSecondFactor(person, codes), $"person {person.UserName}", new { });
        }, cancellationToken);
    }
}
