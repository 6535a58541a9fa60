using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>Makes links and ends them, as a part of a change in progress.</summary>
internal static class InvitationStore
{
    public static readonly TimeSpan Valid = TimeSpan.FromHours(48);

    /// <summary>Makes a link for a person, who has no other from then on.</summary>
    public static async Task<NewInvitation> MakeAsync(
        RadioDb db, Person person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await EndAsync(db, person.Id, cancellationToken);
        var made = new NewInvitation(person.Id, person.DisplayName, InvitationToken.New(), now + Valid);
        db.Invitations.Add(
            new Invitation { PersonId = made.PersonId, Hash = InvitationToken.HashOf(made.Token), ExpiresAt = made.ExpiresAt });
        return made;
    }

    public static Task EndAsync(RadioDb db, string personId, CancellationToken cancellationToken) =>
        db.Invitations.Where(row => row.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
}
