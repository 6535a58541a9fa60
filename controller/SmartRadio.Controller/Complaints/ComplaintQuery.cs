using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Complaints;

/// <summary>One complaint on a screen.</summary>
/// <param name="Author">Who noted it; null when it came by the public form.</param>
/// <param name="Answerer">Who answered it, or null.</param>
/// <param name="Closer">Who closed it, or null.</param>
public sealed record ComplaintRow(
    Complaint Complaint, string NodeName, string AreaName, string? Author, string? Answerer, string? Closer);

/// <summary>Which complaints a list holds. Null = whichever.</summary>
/// <param name="Areas">Only of loudspeakers in these.</param>
/// <param name="Words">All of these are in its words, whatever their marks and case; or its number.</param>
/// <param name="After">Only those before this number.</param>
public sealed record ComplaintFilter(
    ComplaintState? State = null, IReadOnlyCollection<long>? Areas = null, string? NodeId = null, string? Words = null,
    long? After = null);

/// <summary>Reads complaints for screens.</summary>
public sealed class ComplaintQuery(IDbContextFactory<RadioDb> databases)
{
    /// <summary>More words than these are not looked for.</summary>
    private const int MostWords = 10;

    /// <summary>The newest first, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<ComplaintRow> Rows, int Total)> ListAsync(
        AreaScope scope, ComplaintFilter filter, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var asked = Asked(Seen(db, scope), filter);
        var total = await asked.CountAsync(cancellationToken);
        var shown = asked.Where(complaint => filter.After == null || complaint.Id < filter.After);
        return (await ReadAsync(db, shown, take, cancellationToken), total);
    }

    /// <summary>Null when there is no such complaint in the scope.</summary>
    public async Task<ComplaintRow?> GetAsync(long id, AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var one = Seen(db, scope).Where(complaint => complaint.Id == id);
        return (await ReadAsync(db, one, take: 1, cancellationToken)).SingleOrDefault();
    }

    /// <summary>How many are neither answered nor closed.</summary>
    public async Task<int> WaitingAsync(AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await InState(Seen(db, scope), ComplaintState.Waiting).CountAsync(cancellationToken);
    }

    /// <summary>What the loudspeaker of a complaint really played around its time, as its receipts say.</summary>
    public async Task<IReadOnlyList<AiredAtNode>> AiredAsync(Complaint complaint, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await AiredAtNode.AroundAsync(db, complaint.NodeId, complaint.HeardAt, cancellationToken);
    }

    private static IQueryable<Complaint> Seen(RadioDb db, AreaScope scope) => scope.Areas is { } areas
        ? db.Complaints.AsNoTracking().Where(complaint => areas.Contains(complaint.AreaId))
        : db.Complaints.AsNoTracking();

    private static IQueryable<Complaint> InState(IQueryable<Complaint> complaints, ComplaintState? state) => state switch
    {
        ComplaintState.Waiting => complaints.Where(each => each.AnsweredAt == null && each.ClosedAt == null),
        ComplaintState.Answered => complaints.Where(each => each.AnsweredAt != null && each.ClosedAt == null),
        ComplaintState.Closed => complaints.Where(each => each.ClosedAt != null),
        _ => complaints,
    };

    private static IQueryable<Complaint> Asked(IQueryable<Complaint> complaints, ComplaintFilter filter)
    {
        complaints = InState(complaints, filter.State);
        if (filter.Areas is { } areas)
        {
            complaints = complaints.Where(complaint => areas.Contains(complaint.AreaId));
        }

        if (filter.NodeId is { } node)
        {
            complaints = complaints.Where(complaint => complaint.NodeId == node);
        }

        var words = FoldedText.WordsOf(ComplaintText.Asked(filter.Words));
        foreach (var word in words.Take(MostWords))
        {
            long? number = long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
            complaints = complaints.Where(complaint => complaint.Folded.Contains(word) || complaint.Id == number);
        }

        return complaints;
    }

    private static async Task<IReadOnlyList<ComplaintRow>> ReadAsync(
        RadioDb db, IQueryable<Complaint> complaints, int take, CancellationToken cancellationToken) => await (
        from complaint in complaints.OrderByDescending(each => each.Id).Take(take)
        join node in db.Nodes on complaint.NodeId equals node.Id
        join area in db.Areas on complaint.AreaId equals area.Id
        orderby complaint.Id descending
        select new ComplaintRow(
            complaint, node.Name, ComplaintText.AreaName(area),
            db.Users.Where(person => person.Id == complaint.CreatedById).Select(person => person.DisplayName).FirstOrDefault(),
            db.Users.Where(person => person.Id == complaint.AnsweredById).Select(person => person.DisplayName).FirstOrDefault(),
            db.Users.Where(person => person.Id == complaint.ClosedById).Select(person => person.DisplayName).FirstOrDefault()))
        .ToListAsync(cancellationToken);
}
