using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>One bulletin in a list.</summary>
public sealed record BulletinRow(
    long Id, string Title, BulletinOrigin Origin, TimeSpan Length, string Author, DateTimeOffset CreatedAt,
    DateTimeOffset? ApprovedAt)
{
    public int Version { get; init; } = 1;

    public BulletinState State { get; init; }

    /// <summary>What its author is to mend, when it was returned.</summary>
    public string? Remark { get; init; }
}

/// <summary>One bulletin with all that a screen shows of it.</summary>
/// <param name="Bulletin">Its row.</param>
/// <param name="Author">Display name.</param>
/// <param name="Approver">Display name, or null while not approved.</param>
/// <param name="Objects">What it is encoded to; empty while not approved.</param>
public sealed record BulletinDetail(Bulletin Bulletin, string Author, string? Approver, IReadOnlyList<SoundObject> Objects)
{
    /// <summary>Titles of the melodies and bulletins that sound in it, by their ids.</summary>
    public IReadOnlyDictionary<long, string> Sources { get; init; } = new Dictionary<long, string>();

    /// <summary>Who returned it last; null where nobody did.</summary>
    public string? ReturnedBy { get; init; }

    public string? WithdrawnBy { get; init; }

    /// <summary>The bulletin it replaces, where that is still there.</summary>
    public long? OlderId { get; init; }

    /// <summary>The newest bulletin that replaces it.</summary>
    public long? NewerId { get; init; }

    /// <summary>It was never aired and is not planned, so it may be deleted.</summary>
    public bool IsUnused { get; init; }
}

/// <summary>Reads bulletins for screens.</summary>
public sealed class BulletinQuery(IDbContextFactory<RadioDb> databases, IEnumerable<IUseBulletins> users)
{
    /// <summary>The newest first, and how many there are in all.</summary>
    /// <param name="scope">Those of areas in it, and those of all together.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(IReadOnlyList<BulletinRow> Rows, int Total)> ListAsync(
        AreaScope scope, BulletinFilter filter, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var bulletins = filter.Of(db, Seen(db, scope));
        if (filter.Title is { Length: > 0 } words)
        {
            var found = await TitleSearch.FindAsync(db, scope, words, cancellationToken);
            bulletins = bulletins.Where(bulletin => found.Contains(bulletin.Id));
        }

        var rows = await (
            from bulletin in bulletins
            where filter.After == null || bulletin.Id < filter.After
            join person in db.Users on bulletin.CreatedById equals person.Id into authors
            from author in authors.DefaultIfEmpty()
            orderby bulletin.Id descending
            select new BulletinRow(
                bulletin.Id, bulletin.Title, bulletin.Origin, bulletin.Length, author.DisplayName ?? "",
                bulletin.CreatedAt, bulletin.ApprovedAt)
            {
                Version = bulletin.Version,
                Remark = bulletin.Remark,
                State = Bulletin.StateOf(bulletin.WithdrawnAt, bulletin.ApprovedAt, bulletin.ReturnedAt),
            })
            .Take(take)
            .ToListAsync(cancellationToken);
        return (rows, await bulletins.CountAsync(cancellationToken));
    }

    /// <summary>The waveforms of some bulletins: pairs of smallest and largest sample, each an sbyte.</summary>
    public async Task<IReadOnlyDictionary<long, byte[]>> PeaksAsync(
        IEnumerable<long> ids, AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Seen(db, scope).Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Peaks, cancellationToken);
    }

    /// <summary>Those that may open or close what is made from now on.</summary>
    internal static IQueryable<Bulletin> Melodies(RadioDb db, AreaScope scope) =>
        Seen(db, scope).Where(row => row.Origin == BulletinOrigin.Melody && row.WithdrawnAt == null);

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
            .Where(person => person.Id == bulletin.CreatedById || person.Id == bulletin.ApprovedById
                || person.Id == bulletin.ReturnedById || person.Id == bulletin.WithdrawnById)
            .ToDictionaryAsync(person => person.Id, person => person.DisplayName, cancellationToken);
        var objects = await db.Objects.AsNoTracking().Where(sound => sound.BulletinId == id).OrderBy(sound => sound.Codec)
            .ToListAsync(cancellationToken);
        string? NameOf(string? person) => person is null ? null : names.GetValueOrDefault(person);
        return new BulletinDetail(bulletin, NameOf(bulletin.CreatedById) ?? string.Empty, NameOf(bulletin.ApprovedById), objects)
        {
            Sources = await SourcesAsync(db, bulletin, cancellationToken),
            ReturnedBy = NameOf(bulletin.ReturnedById),
            WithdrawnBy = NameOf(bulletin.WithdrawnById),
            OlderId = await Seen(db, scope).Where(row => row.Id == bulletin.PreviousId).Select(row => (long?)row.Id)
                .SingleOrDefaultAsync(cancellationToken),
            NewerId = await Seen(db, scope).Where(row => row.PreviousId == id).MaxAsync(row => (long?)row.Id, cancellationToken),
            IsUnused = await IsUnusedAsync(db, users, id, cancellationToken),
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
        var rows = await Melodies(db, scope).OrderByDescending(row => row.Id).Take(take)
            .Select(row => new { row.Id, row.Title }).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => (row.Id, row.Title));
    }

    /// <summary>Whether no room's rows name a bulletin.</summary>
    internal static async Task<bool> IsUnusedAsync(
        RadioDb db, IEnumerable<IUseBulletins> users, long id, CancellationToken cancellationToken)
    {
        foreach (var user in users)
        {
            if (await user.Used(db).AnyAsync(used => used == id, cancellationToken))
            {
                return false;
            }
        }

        return true;
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
