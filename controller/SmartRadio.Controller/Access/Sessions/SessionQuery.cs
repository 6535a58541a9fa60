using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Sessions;

/// <summary>Where a person is signed in.</summary>
public sealed class SessionQuery(IDbContextFactory<RadioDb> databases, LocalTime local)
{
    /// <summary>A person's sessions, the one used last first, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<Session> Rows, int Total)> ListAsync(
        string personId, int take, CancellationToken cancellationToken)
    {
        var (used, begun) = (local.Now - SessionStore.Idle, local.Now - SessionStore.Longest);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sessions =
            from session in db.Sessions.AsNoTracking()
            join person in db.Users on session.PersonId equals person.Id
            where person.Id == personId && session.Stamp == person.SecurityStamp && session.SeenAt > used
                && session.StartedAt > begun
            orderby session.SeenAt descending, session.StartedAt descending
            select session;
        return (await sessions.Take(take).ToListAsync(cancellationToken), await sessions.CountAsync(cancellationToken));
    }
}
