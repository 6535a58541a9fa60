using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.People;

/// <summary>Notes when a person signed in, to the minute.</summary>
public sealed class LastSignIn(IDbContextFactory<RadioDb> databases, LocalTime local, ILogger<LastSignIn> logger)
{
    /// <summary>Nobody waits longer for a note.</summary>
    private static readonly TimeSpan NoteTimeout = TimeSpan.FromSeconds(1);

    public async Task NoteAsync(string personId, CancellationToken cancel)
    {
        var now = local.Now;
        DateTimeOffset? minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            db.Database.SetCommandTimeout(NoteTimeout);
            await db.Users.Where(person => person.Id == personId)
                .ExecuteUpdateAsync(set => set.SetProperty(person => person.LastSignInAt, minute), cancel);
        }
        catch (DbException problem)
        {
            // A full disk or a busy database must not keep anybody from stopping a broadcast.
            logger.LogWarning(problem, "The sign-in of person {Person} could not be noted", personId);
        }
    }
}
