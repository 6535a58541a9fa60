using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>One bulletin in a list.</summary>
public sealed record BulletinRow(
    long Id, string Title, BulletinOrigin Origin, TimeSpan Length, string Author, DateTimeOffset CreatedAt,
    DateTimeOffset? ApprovedAt);

/// <summary>One bulletin with all that a screen shows of it.</summary>
/// <param name="Bulletin">Its row.</param>
/// <param name="Author">Display name.</param>
/// <param name="Approver">Display name, or null while not approved.</param>
/// <param name="Objects">What it is encoded to; empty while not approved.</param>
public sealed record BulletinDetail(Bulletin Bulletin, string Author, string? Approver, IReadOnlyList<SoundObject> Objects)
{
    /// <summary>Titles of the melodies and bulletins that sound in it, by their ids.</summary>
    public IReadOnlyDictionary<long, string> Sources { get; init; } = new Dictionary<long, string>();
}

/// <summary>Reads bulletins for screens.</summary>
public sealed class BulletinQuery(IDbContextFactory<RadioDb> databases)
{
    /// <summary>The newest first.</summary>
    /// <param name="scope">Those of areas in it, and those of all together.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<BulletinRow>> ListAsync(AreaScope scope, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await (
            from bulletin in Seen(db, scope)
            join person in db.Users on bulletin.CreatedById equals person.Id into authors
            from author in authors.DefaultIfEmpty()
            orderby bulletin.Id descending
            select new BulletinRow(
                bulletin.Id, bulletin.Title, bulletin.Origin, bulletin.Length, author.DisplayName ?? "",
                bulletin.CreatedAt, bulletin.ApprovedAt))
            .Take(take)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The newest first, and how many there are in all.</summary>
    /// <param name="scope">Those of areas in it, and those of all together.</param>
    /// <param name="approved">Only those that are, or are not; null = both.</param>
    /// <param name="after">Only those older than this one.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(IReadOnlyList<BulletinRow> Rows, int Total)> ListAsync(
        AreaScope scope, bool? approved, long? after, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var bulletins = Seen(db, scope).Where(bulletin => approved == null || bulletin.ApprovedAt != null == approved);
        var rows = await (
            from bulletin in bulletins
            where after == null || bulletin.Id < after
            join person in db.Users on bulletin.CreatedById equals person.Id into authors
            from author in authors.DefaultIfEmpty()
            orderby bulletin.Id descending
            select new BulletinRow(
                bulletin.Id, bulletin.Title, bulletin.Origin, bulletin.Length, author.DisplayName ?? "",
                bulletin.CreatedAt, bulletin.ApprovedAt))
            .Take(take)
            .ToListAsync(cancellationToken);
        return (rows, await bulletins.CountAsync(cancellationToken));
    }

    internal static IQueryable<Bulletin> Seen(RadioDb db, AreaScope scope) => scope.Areas is { } areas
        ? db.Bulletins.AsNoTracking().Where(bulletin => bulletin.AreaId == null || areas.Contains(bulletin.AreaId.Value))
        : db.Bulletins.AsNoTracking();

    /// <summary>Null when there is no such bulletin in the scope.</summary>
    public async Task<BulletinDetail?> GetAsync(long id, AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var bulletin = await Seen(db, scope).Include(row => row.Parts.OrderBy(part => part.Position))
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (bulletin is null)
        {
            return null;
        }

        var names = await db.Users.AsNoTracking()
            .Where(person => person.Id == bulletin.CreatedById || person.Id == bulletin.ApprovedById)
            .ToDictionaryAsync(person => person.Id, person => person.DisplayName, cancellationToken);
        var objects = await db.Objects.AsNoTracking().Where(sound => sound.BulletinId == id).OrderBy(sound => sound.Codec)
            .ToListAsync(cancellationToken);
        return new BulletinDetail(
            bulletin,
            names.GetValueOrDefault(bulletin.CreatedById, string.Empty),
            bulletin.ApprovedById is { } approver ? names.GetValueOrDefault(approver) : null,
            objects)
        {
            Sources = await SourcesAsync(db, bulletin, cancellationToken),
        };
    }

    /// <summary>The sounds that may open or close others, the newest first.</summary>
    /// <param name="scope">Those of areas in it, and those of all together.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<(long Id, string Title)>> MelodiesAsync(
        AreaScope scope, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await Seen(db, scope).Where(row => row.Origin == BulletinOrigin.Melody).OrderByDescending(row => row.Id)
            .Take(take).Select(row => new { row.Id, row.Title }).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => (row.Id, row.Title));
    }

    private static async Task<Dictionary<long, string>> SourcesAsync(
        RadioDb db, Bulletin bulletin, CancellationToken cancellationToken)
    {
        var ids = bulletin.Parts.Select(part => part.SourceId).OfType<long>().Distinct().ToList();
        return ids.Count == 0
            ? []
            : await db.Bulletins.AsNoTracking().Where(row => ids.Contains(row.Id))
                .ToDictionaryAsync(row => row.Id, row => row.Title, cancellationToken);
    }
}
