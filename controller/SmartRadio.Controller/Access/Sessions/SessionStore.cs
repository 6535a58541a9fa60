using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.Sessions;

/// <summary>
/// Notes who signs in where. A full disk or a busy database keeps nobody from signing in and stopping a broadcast: such a session
/// is not listed, and ends with the person's password or after <see cref="Longest"/>.
/// </summary>
public sealed class SessionStore(IDbContextFactory<RadioDb> databases, LocalTime local, ILogger<SessionStore> logger)
{
    /// <summary>A session that is not used ends after so long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private const int IdBytes = 16;

    private static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(10);

    /// <summary>Nobody waits longer for a note.</summary>
    private static readonly TimeSpan NoteTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Begins a session, and notes the instant with the person, to the minute.</summary>
    /// <param name="personId">Who signs in.</param>
    /// <param name="device">What the browser says of itself; what is too long is cut.</param>
    /// <param name="address">IP address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The session's id, or null when it could not be noted.</returns>
    public async Task<string?> StartAsync(string personId, string device, string address, CancellationToken cancellationToken)
    {
        var now = local.Now;
        DateTimeOffset? minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        try
        {
            await using var db = await OpenAsync(cancellationToken);
            var stamp = await db.Users.Where(person => person.Id == personId).Select(person => person.SecurityStamp)
                .SingleAsync(cancellationToken);
            var oldest = now - Longest;
            await db.Sessions.Where(
                session => session.PersonId == personId && (session.Stamp != stamp || session.SeenAt < oldest))
                .ExecuteDeleteAsync(cancellationToken);
            db.Sessions.Add(new Session
            {
                Id = id,
                PersonId = personId,
                Stamp = stamp ?? string.Empty,
                Device = device.Length > Session.DeviceLength ? device[..Session.DeviceLength] : device,
                Address = address,
                StartedAt = now,
                SeenAt = now,
            });
            await db.SaveChangesAsync(cancellationToken);
            await db.Users.Where(person => person.Id == personId)
                .ExecuteUpdateAsync(set => set.SetProperty(person => person.LastSignInAt, minute), cancellationToken);
            return id;
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException)
        {
            logger.LogWarning(problem, "The sign-in of person {Person} could not be noted", personId);
            return null;
        }
    }

    /// <summary>Whether the session was not ended; notes that it is in use.</summary>
    public async Task<bool> SeeAsync(string id, CancellationToken cancellationToken)
    {
        var now = local.Now;
        await using var db = await OpenAsync(cancellationToken);
        var seen = await db.Sessions.Where(session => session.Id == id).Select(session => (DateTimeOffset?)session.SeenAt)
            .SingleOrDefaultAsync(cancellationToken);
        if (now - seen < SeenPrecision)
        {
            return true;
        }

        try
        {
            await db.Sessions.Where(session => session.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.SeenAt, now), cancellationToken);
        }
        catch (DbException problem)
        {
            logger.LogWarning(problem, "The use of a session could not be noted");
        }

        return seen is not null;
    }

    /// <summary>Ends a session when its person signs out.</summary>
    public async Task EndAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await OpenAsync(cancellationToken);
            await db.Sessions.Where(session => session.Id == id).ExecuteDeleteAsync(cancellationToken);
        }
        catch (DbException problem)
        {
            logger.LogWarning(problem, "The end of a session could not be noted");
        }
    }

    private async Task<RadioDb> OpenAsync(CancellationToken cancellationToken)
    {
        var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(NoteTimeout);
        return db;
    }
}
