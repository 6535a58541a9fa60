using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access;

/// <summary>What one approver is to be told of.</summary>
/// <param name="Email">Where.</param>
/// <param name="Name">Display name.</param>
/// <param name="Bulletins">Those that wait, the oldest first.</param>
public sealed record ApproverToTell(string Email, string Name, IReadOnlyList<(long Id, string Title)> Bulletins);

/// <summary>Finds bulletins that wait and that no approver was told of yet.</summary>
public sealed class ApprovalsToTell(IDbContextFactory<RadioDb> databases, WriteTurns turns, IRights rights, TimeProvider time)
{
    /// <summary>Most at once; the rest is told next time.</summary>
    private const int Most = 200;

    /// <param name="rest">How long nothing may have happened to a bulletin: whoever mends it at once need not be told of.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whom to tell what, and the bulletins that are told of then.</returns>
    public async Task<(IReadOnlyList<ApproverToTell> Approvers, IReadOnlyList<long> Bulletins)> FindAsync(
        TimeSpan rest, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (now, before) = (time.GetUtcNow(), time.GetUtcNow() - rest);
        var waiting = await db.Bulletins.AsNoTracking()
            .Where(row => row.ToldAt == null && row.ApprovedAt == null && row.ReturnedAt == null && row.WithdrawnAt == null
                && row.CreatedAt <= before)
            .OrderBy(row => row.Id).Take(Most)
            .Select(row => new { row.Id, row.Title, row.AreaId, row.CreatedById })
            .ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return ([], []);
        }

        var people = await db.Users.AsNoTracking()
            .Where(person => person.Email != null && (person.LockoutEnd == null || person.LockoutEnd < now))
            .ToListAsync(cancellationToken);
        var told = new List<ApproverToTell>();
        foreach (var person in people)
        {
            var scope = (await rights.OfAsync(db, new Actor(person.Id, person.DisplayName), cancellationToken)).Of(Right.Approve);
            var own = waiting.Where(row => row.CreatedById != person.Id && scope.Holds(row.AreaId))
                .Select(row => (row.Id, row.Title)).ToList();
            if (own.Count > 0)
            {
                told.Add(new ApproverToTell(person.Email!, person.DisplayName, own));
            }
        }

        return (told, waiting.ConvertAll(row => row.Id));
    }

    /// <summary>Notes that approvers were told, or that there was nobody to tell.</summary>
    public async Task NoteAsync(IReadOnlyList<long> bulletins, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var turn = await turns.TakeAsync(isUrgent: false, cancellationToken);
        await turn.Db.Bulletins.Where(row => bulletins.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ToldAt, now), cancellationToken);
    }
}
