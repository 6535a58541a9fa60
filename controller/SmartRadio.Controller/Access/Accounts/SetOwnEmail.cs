using System.Text.RegularExpressions;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>Says where whoever asks is told by e-mail what waits for them, or that they are not told.</summary>
public sealed partial class SetOwnEmail(AuditedChanges changes)
{
    /// <summary>RFC 5321, 4.5.3.1.3: a path of 256 octets with its brackets.</summary>
    public const int Longest = 254;

    /// <param name="address">Null or empty = none.</param>
    /// <param name="actor">Whose it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RefusedException"><see cref="PersonRefusal.EmailWrong"/>.</exception>
    public Task HandleAsync(string? address, Actor actor, CancellationToken cancellationToken)
    {
        var email = string.IsNullOrWhiteSpace(address) ? null : address.Trim();
        if (email is not null && (email.Length > Longest || !Shape().IsMatch(email)))
        {
            throw new RefusedException(PersonRefusal.EmailWrong);
        }

        return changes.ApplyAsync(actor, Right.Own, "person.email", async (change, token) =>
        {
            var person = await change.Db.Users.FindAsync([change.Own()], token)
                ?? throw new RefusedException(Refusal.NotAllowed);
            (person.Email, person.NormalizedEmail) = (email, email?.ToUpperInvariant());
            // The address is the person's own: the log says that there is one.
            return change.Report(person, $"person {person.UserName}", new { IsSet = email is not null });
        }, cancellationToken);
    }

    // One address and nothing beside it: what a mail server makes of the rest it says itself.
    [GeneratedRegex(@"^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
