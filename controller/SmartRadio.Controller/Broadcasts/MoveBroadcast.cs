using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <param name="Start">The new start.</param>
/// <param name="BulletinId">Another bulletin; null = the same.</param>
public sealed record MoveRequest(DateTimeOffset Start, long? BulletinId);

/// <summary>
/// Airs a broadcast that has not begun at another time, or with another bulletin. The old one is cancelled and a new one is
/// made: what nodes hold of the old they drop with their next plan.
/// </summary>
public sealed class MoveBroadcast(
    IDbContextFactory<RadioDb> databases, AuditedChanges changes, BroadcastMaker maker, BroadcastRules rules,
    HeardBulletin heard, TimeProvider time)
{
    /// <summary>A page offers an undo for a minute; a slow line may take some of it.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    private const string Moved = "broadcast.move";

    /// <summary>How far ahead a broadcast may be moved or made by itself.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <returns>The new broadcast.</returns>
    /// <exception cref="RefusedException">
    /// <see cref="BroadcastRefusal.UnknownBroadcast"/>, <see cref="BroadcastRefusal.AlreadyOver"/>: it has begun or is over;
    /// <see cref="BroadcastRefusal.StartInPast"/>, <see cref="BroadcastRefusal.StartTooFar"/>,
    /// <see cref="BroadcastRefusal.InQuietHours"/>, or the bulletin may not be aired there.
    /// </exception>
    public async Task<Broadcast> HandleAsync(long id, MoveRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var right = await RightAsync(id, cancellationToken);
        return await changes.ApplyAsync(
            actor, right, Moved, (change, token) => MoveAsync(change, id, request, token), cancellationToken);
    }

    /// <summary>Takes back that a broadcast was cancelled, for as long as a slip takes to be seen.</summary>
    /// <returns>The new broadcast: nodes may have answered already that they dropped the old one.</returns>
    /// <exception cref="RefusedException">
    /// <see cref="BroadcastRefusal.TooLateToRestore"/>, or as <see cref="HandleAsync"/> says.
    /// </exception>
    public async Task<Broadcast> RestoreAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        var right = await RightAsync(id, cancellationToken);
        return await changes.ApplyAsync(actor, right, "broadcast.restore", async (change, token) =>
        {
            var old = await FindAsync(change, id, token);
            if (!CanRestore(old.State, old.StoppedAt, old.Start, time.GetUtcNow()))
            {
                throw new RefusedException(BroadcastRefusal.TooLateToRestore);
            }

            if (await IsReplacedAsync(change.Db, old, token))
            {
                // Somebody has pressed it already, or it was moved.
                throw new RefusedException(BroadcastRefusal.AlreadyOver, id);
            }

            var made = await RemakeAsync(change, old, token);
            return change.Report(made, $"broadcast {made.Id}", new { Restores = id, made.Start });
        }, cancellationToken);
    }

    /// <summary>Whether <see cref="RestoreAsync"/> would find something to take back.</summary>
    public async Task<bool> MayRestoreAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var old = await db.Broadcasts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        return old is not null && CanRestore(old.State, old.StoppedAt, old.Start, time.GetUtcNow())
            && !await IsReplacedAsync(db, old, cancellationToken);
    }

    /// <summary>Whether a stop is recent enough to be taken back.</summary>
    private static bool CanRestore(BroadcastState state, DateTimeOffset? stopped, DateTimeOffset start, DateTimeOffset now) =>
        state == BroadcastState.Stopped && now - stopped < Within && start > now;

    /// <summary>Whether another broadcast has its place: the one that brought it back, or the one it was moved to.</summary>
    private static async Task<bool> IsReplacedAsync(RadioDb db, Broadcast old, CancellationToken cancellationToken)
    {
        // It was brought back already, or its schedule was changed and airs the same then.
        var since = await db.Broadcasts.AsNoTracking()
            .Where(row => row.Id > old.Id && row.Start == old.Start && row.BulletinId == old.BulletinId
                && row.State == BroadcastState.Planned && row.CreatedAt >= old.StoppedAt)
            .Select(row => row.Audience).ToListAsync(cancellationToken);
        if (since.Exists(old.Audience.IsSameAs))
        {
            return true;
        }

        var moved = string.Create(CultureInfo.InvariantCulture, $"{{\"Replaces\":{old.Id},");
        return await db.Audit.AnyAsync(
            entry => entry.Action == Moved && entry.At >= old.StoppedAt && entry.Detail.StartsWith(moved), cancellationToken);
    }

    /// <summary>The right that it takes to air such a broadcast: one of a schedule is moved by whoever schedules.</summary>
    internal static Right RightOf(long? schedule, BroadcastClass broadcastClass) =>
        schedule is not null ? Right.Write : broadcastClass == BroadcastClass.Emergency ? Right.Alert : Right.Approve;

    /// <summary>Nothing is aired in the past, and nobody plans further ahead than a year.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="BroadcastRefusal.StartInPast"/>, <see cref="BroadcastRefusal.StartTooFar"/>.
    /// </exception>
    internal static void CheckStart(DateTimeOffset start, DateTimeOffset now)
    {
        if (start <= now)
        {
            throw new RefusedException(BroadcastRefusal.StartInPast, start);
        }

        if (start > now + Furthest)
        {
            throw new RefusedException(BroadcastRefusal.StartTooFar, start);
        }
    }

    private async Task<Right> RightAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Neither of the two ever changes.
        var kind = await db.Broadcasts.Where(row => row.Id == id).Select(row => new { row.ScheduleId, row.Class })
            .FirstOrDefaultAsync(cancellationToken) ?? throw new RefusedException(BroadcastRefusal.UnknownBroadcast, id);
        return RightOf(kind.ScheduleId, kind.Class);
    }

    private static async Task<Broadcast> FindAsync(Change change, long id, CancellationToken cancellationToken)
    {
        var old = await change.Db.Broadcasts.Include(row => row.Targets).FirstAsync(row => row.Id == id, cancellationToken);
        change.At(await AudienceNodes.AreasAsync(change.Db, old.Audience, cancellationToken));
        return old;
    }

    private async Task<ChangeReport<Broadcast>> MoveAsync(
        Change change, long id, MoveRequest request, CancellationToken cancellationToken)
    {
        var (old, made) = await MoveWithinAsync(change, id, request, cancellationToken);
        return change.Report(
            made, $"broadcast {made.Id}", new { Replaces = id, From = old.Start, To = made.Start, made.BulletinId });
    }

    /// <summary>The same as a part of a larger change.</summary>
    /// <exception cref="RefusedException">As <see cref="HandleAsync"/> says.</exception>
    internal async Task<(Broadcast Old, Broadcast Made)> MoveWithinAsync(
        Change change, long id, MoveRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var old = await FindAsync(change, id, cancellationToken);
        if (old.State != BroadcastState.Planned || old.Start <= now)
        {
            throw new RefusedException(BroadcastRefusal.AlreadyOver, id);
        }

        CheckStart(request.Start, now);
        var dropped = old.Stop(now, AreaScope.Everywhere);
        return (old, await MakeAsync(
            change, old, request.Start, request.BulletinId ?? old.BulletinId, dropped, cancellationToken));
    }

    /// <summary>Makes a cancelled broadcast anew.</summary>
    /// <exception cref="RefusedException">It may not be aired any more, as <see cref="HandleAsync"/> says.</exception>
    internal Task<Broadcast> RemakeAsync(Change change, Broadcast cancelled, CancellationToken cancellationToken) =>
        MakeAsync(change, cancelled, cancelled.Start, cancelled.BulletinId, [], cancellationToken);

    /// <summary>Makes a broadcast like another one, once all is checked that holds for a new one.</summary>
    private async Task<Broadcast> MakeAsync(
        Change change, Broadcast like, DateTimeOffset start, long bulletinId, IEnumerable<string> dropped,
        CancellationToken cancellationToken)
    {
        var db = change.Db;
        var bulletin = await HeardBulletin.FindAsync(change, bulletinId, cancellationToken);
        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        var nodes = await AudienceNodes.ResolveAsync(db, tree, like.Audience, cancellationToken);
        var named = await AudienceNodes.AreasAsync(db, like.Audience, cancellationToken);
        var areas = AudienceNodes.Reached(tree, like.Audience, named);
        await heard.CheckAsync(change, bulletin, tree, areas, cancellationToken);
        rules.CheckQuietHours(tree, areas, like.Class, start, bulletin.Length);
        var schedule = like.ScheduleId;
        await FreeAsync(db, schedule, start, cancellationToken);
        var draft = new BroadcastDraft(like.Class, like.Audience, start, like.LatestStart - like.Start)
        {
            ScheduleId = schedule,
            CreatedById = change.Actor.PersonId,
            Rank = like.Rank,
            IsExercise = like.IsExercise,
        };
        var made = await maker.MakeAsync(db, nodes, bulletin, draft, cancellationToken);
        await PlanNumbers.RaiseAsync(change, nodes.Select(node => node.Id).Union(dropped), cancellationToken);
        change.Happens(new BroadcastsChanged([like.Id, made.Id]));
        return made;
    }

    /// <summary>
    /// A schedule has one broadcast for each start. One that was cancelled there gives its place up; one that is planned or aired
    /// does not.
    /// </summary>
    private static async Task FreeAsync(RadioDb db, long? schedule, DateTimeOffset start, CancellationToken cancellationToken)
    {
        if (schedule is null || await db.Broadcasts.FirstOrDefaultAsync(
            row => row.ScheduleId == schedule && row.Start == start, cancellationToken) is not { } there)
        {
            return;
        }

        if (there.State != BroadcastState.Stopped)
        {
            throw new RefusedException(BroadcastRefusal.AnotherThen, start);
        }

        there.ScheduleId = null;
        await db.SaveChangesAsync(cancellationToken);
    }
}
