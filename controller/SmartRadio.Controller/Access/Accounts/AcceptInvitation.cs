using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>Takes the password that an invited person chose. The link works once.</summary>
public sealed class AcceptInvitation(
    IDbContextFactory<RadioDb> databases, IServiceScopeFactory scopes, AuditedChanges changes, LocalTime local)
{
    /// <summary>Whom a link lets in, or null when it opens nothing.</summary>
    public async Task<Person?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (!InvitationToken.HasForm(token))
        {
            return null;
        }

        var hash = InvitationToken.HashOf(token);
        var now = local.Now;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await (
            from row in db.Invitations
            join person in db.Users.AsNoTracking() on row.PersonId equals person.Id
            where row.Hash == hash && row.ExpiresAt > now && (person.LockoutEnd == null || person.LockoutEnd < now)
            select person).SingleOrDefaultAsync(cancellationToken);
    }

    /// <param name="token">Of the link.</param>
    /// <param name="password">As chosen.</param>
    /// <param name="address">Whence, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is changed then.</param>
    /// <returns>The person, who may be signed in; where a second factor is set up, after that step.</returns>
    /// <exception cref="RefusedException">
    /// <see cref="AccessRefusal.InvitationEnded"/>, <see cref="PersonRefusal.PasswordTooWeak"/> with the least length,
    /// <see cref="PersonRefusal.PasswordGuessable"/>.
    /// </exception>
    public async Task<Person> HandleAsync(
        string token, string password, string? address, CancellationToken cancellationToken)
    {
        // Hashing takes a tenth of a second on purpose: before the transaction, which holds the database's one write lock.
        var person = await FindAsync(token, cancellationToken) ?? throw new RefusedException(AccessRefusal.InvitationEnded);
        await using (var scope = scopes.CreateAsyncScope())
        {
            await Passwords.SetAsync(
                scope.ServiceProvider.GetRequiredService<UserManager<Person>>(), person, password,
                await PasswordWords.OfAsync(databases, person, cancellationToken));
        }

        var hash = InvitationToken.HashOf(token);
        var actor = new Actor(person.Id, person.DisplayName) { Address = address };
        return await changes.ApplyAsync(actor, Right.Own, "person.accept", async (change, stop) =>
        {
            change.Own();
            if (await change.Db.Invitations.Where(row => row.Hash == hash).ExecuteDeleteAsync(stop) != 1)
            {
                throw new RefusedException(AccessRefusal.InvitationEnded);
            }

            await change.Db.Users.Where(row => row.Id == person.Id).ExecuteUpdateAsync(
                row => row.SetProperty(each => each.PasswordHash, person.PasswordHash)
                    .SetProperty(each => each.SecurityStamp, person.SecurityStamp), stop);
            change.Happens(new PersonChanged(person.Id));
            return change.Report(person, $"person {person.UserName}", new { });
        }, cancellationToken);
    }
}
