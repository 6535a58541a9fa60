using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <param name="Proof">With the code of the key before, where there is one.</param>
/// <param name="Key">As <see cref="SetUpSecondFactor.NewKey"/> gave it, read by the app.</param>
/// <param name="Code">The six digits that the app shows.</param>
public sealed record SetUpSecondFactorRequest(OwnProof Proof, string Key, string Code);

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
    ProofCheck proofs, TotpProvider totp, SecondFactorStore secondFactors, AuditedChanges changes)
{
    /// <summary>Characters of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>A key for the app, in base32.</summary>
    public static string NewKey() => TotpProvider.NewKey();

    /// <exception cref="RefusedException">
    /// As of <see cref="ProofCheck.CheckAsync"/>; <see cref="PersonRefusal.CodeWrong"/> for those of the new key too.
    /// </exception>
    public async Task<NewSecondFactor> HandleAsync(
        SetUpSecondFactorRequest request, Actor actor, CancellationToken cancellationToken)
    {
        // First, for the proof's code is good once: digits mistyped here use up none.
        var step = totp.StepOf(request.Key, request.Code) ?? throw new RefusedException(PersonRefusal.CodeWrong);
        var known = await proofs.CheckAsync(request.Proof, actor, cancellationToken);
        var codes = RecoveryCodes.New();
        var hashes = RecoveryCodes.HashesOf(codes, request.Key);
        return await changes.ApplyAsync(actor, Right.Own, "person.second-factor", async (change, token) =>
        {
            var person = await ProofCheck.SameAsync(change, known, token);
            await TotpProvider.BeginAsync(change.Db, person.Id, step, token);
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
