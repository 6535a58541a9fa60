using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Sessions;

/// <summary>
/// Notes who signs in where, and ends it in time. A full disk or a busy database keeps nobody from signing in and stopping a
/// broadcast: such a session is not listed until it can be noted.
/// </summary>
public sealed class SessionStore(
    IDbContextFactory<RadioDb> databases, AuditedChanges changes, LocalTime local, TimeProvider time,
    ILogger<SessionStore> logger)
{
    /// <summary>A session that is not used ends after so long.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    /// <summary>A session ends so long after the sign-in, used or not.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private const int IdBytes = 16;

    private static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(10);

    /// <summary>Nobody waits longer for a note.</summary>
    private static readonly TimeSpan NoteTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Nobody who signs in or out waits longer in the line of those who change something.</summary>
    private static readonly TimeSpan TurnTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Begins a session, and notes the instant with the person, to the minute.</summary>
    /// <param name="actor">Who signs in.</param>
    /// <param name="device">What the browser says of itself; what is too long is cut.</param>
    /// <param name="address">IP address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The session's id, or null when it could not be noted.</returns>
    public async Task<string?> StartAsync(Actor actor, string device, string address, CancellationToken cancellationToken)
    {
        var now = local.Now;
        var session = new Session
        {
            Id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)),
            PersonId = actor.PersonId!,
            Stamp = string.Empty,
            Device = device.Length > Session.DeviceLength ? device[..Session.DeviceLength] : device,
            Address = address,
            StartedAt = now,
            SeenAt = now,
        };
        try
        {
            // First, for it waits a second and no longer when another program holds the database.
            await ForgetAsync(actor.PersonId!, now, cancellationToken);
            await InTimeAsync(token => changes.ApplyAsync(actor with { RequestKey = null }, Right.Own, "session.start", async (change, inner) =>
            {
                var owner = change.Own();
                var person = await change.Db.Users.SingleAsync(row => row.Id == owner, inner);
                person.LastSignInAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
                session.Stamp = person.SecurityStamp ?? string.Empty;
                change.Db.Sessions.Add(session);
                return change.Report(session, $"person {person.UserName}", new { session.Address, session.Device });
            }, token), cancellationToken);
            logger.LogInformation("Person {Person} signed in from {Address}", session.PersonId, session.Address);
            return session.Id;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(problem, "The sign-in of person {Person} could not be noted", session.PersonId);
            return null;
        }
    }

    /// <summary>Whether the session goes on; one whose time is over is ended.</summary>
    /// <param name="id">Which.</param>
    /// <param name="isUse">Whether somebody does something in it: an open page that asks by itself is no use.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> SeeAsync(string id, bool isUse, CancellationToken cancellationToken)
    {
        var now = local.Now;
        await using var db = await OpenAsync(cancellationToken);
        var row = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(session => session.Id == id, cancellationToken);
        if (row is null || EndOf(row) <= now)
        {
            await (row is null ? Task.CompletedTask : EndAsync(id, Actor.Program, "session.lapse", cancellationToken));
            return false;
        }

        if (isUse && now - row.SeenAt >= SeenPrecision)
        {
            await NoteUseAsync(db, id, now, cancellationToken);
        }

        return true;
    }

    /// <summary>When a session ends that is not used any more; null = it is over.</summary>
    public async Task<DateTimeOffset?> LastsUntilAsync(string id, CancellationToken cancellationToken)
    {
        var now = local.Now;
        await using var db = await OpenAsync(cancellationToken);
        var row = await (
            from session in db.Sessions.AsNoTracking()
            join person in db.Users on session.PersonId equals person.Id
            where session.Id == id && session.Stamp == person.SecurityStamp
                && (person.LockoutEnd == null || person.LockoutEnd < now)
            select session).SingleOrDefaultAsync(cancellationToken);
        return row is not null && EndOf(row) is var end && end > now ? end : null;
    }

    /// <summary>Whether whoever signed in with this stamp still may, in a session that is not listed.</summary>
    public async Task<bool> IsCurrentAsync(string personId, string? stamp, CancellationToken cancellationToken)
    {
        var now = local.Now;
        await using var db = await OpenAsync(cancellationToken);
        return await db.Users.AnyAsync(
            person => person.Id == personId && person.SecurityStamp == stamp
                && (person.LockoutEnd == null || person.LockoutEnd < now), cancellationToken);
    }

    /// <summary>Ends a session when its person signs out.</summary>
    public Task SignOutAsync(string id, Actor actor, CancellationToken cancellationToken) =>
        EndAsync(id, actor with { RequestKey = null }, "session.sign-out", cancellationToken);

    private async Task EndAsync(string id, Actor actor, string action, CancellationToken cancellationToken)
    {
        try
        {
            await InTimeAsync(token => changes.ApplyAsync(actor, Right.Own, action, async (change, inner) =>
            {
                change.WithinScope();
                var row = await change.Db.Sessions.SingleOrDefaultAsync(session => session.Id == id, inner)
                    ?? throw new RefusedException(AccessRefusal.UnknownSession);
                var account = await change.Db.Users.Where(person => person.Id == row.PersonId)
                    .Select(person => person.UserName).SingleAsync(inner);
                change.Db.Sessions.Remove(row);
                change.Happens(new PersonChanged(row.PersonId));
                return change.Report(row, $"person {account}", new { row.Address, row.StartedAt });
            }, token), cancellationToken);
            logger.LogInformation("A session ended: {Action}", action);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(problem, "The end of a session could not be noted");
        }
    }

    private async Task InTimeAsync(Func<CancellationToken, Task> note, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TurnTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        await note(either.Token);
    }

    private static DateTimeOffset EndOf(Session session) =>
        session.SeenAt + Idle < session.StartedAt + Longest ? session.SeenAt + Idle : session.StartedAt + Longest;

    private async Task ForgetAsync(string personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(cancellationToken);
        var (used, begun) = (now - Idle, now - Longest);
        await db.Sessions.Where(session => session.PersonId == personId
            && (session.SeenAt <= used || session.StartedAt <= begun
                || !db.Users.Any(person => person.Id == personId && person.SecurityStamp == session.Stamp)))
            .ExecuteDeleteAsync(cancellationToken);
    }

    private async Task NoteUseAsync(RadioDb db, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await db.Sessions.Where(session => session.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.SeenAt, now), cancellationToken);
        }
        catch (DbException problem)
        {
            logger.LogWarning(problem, "The use of a session could not be noted");
        }
    }

    private async Task<RadioDb> OpenAsync(CancellationToken cancellationToken)
    {
        var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(NoteTimeout);
        return db;
    }
}
