using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Complaints;

/// <param name="NodeId">The loudspeaker.</param>
/// <param name="HeardAt">Within the last <see cref="NoteComplaint.OldestDays"/> days.</param>
/// <param name="Kind">What was wrong.</param>
/// <param name="Words">At most <see cref="NoteComplaint.LongestWords"/> characters, hidden ones left out.</param>
/// <param name="CallerName">Null or empty = not given.</param>
/// <param name="CallerPhone">Null or empty = not given.</param>
public sealed record NoteComplaintRequest(
    string NodeId, DateTimeOffset HeardAt, ComplaintKind Kind, string? Words, string? CallerName = null,
    string? CallerPhone = null);

/// <summary>Notes what a resident told somebody who works in the loudspeaker's area, in whatever role.</summary>
public sealed class NoteComplaint(AuditedChanges changes, LocalTime local, IOptions<LimitOptions> limits)
{
    public const int LongestWords = 1000;
    public const int LongestName = 100;
    public const int LongestPhone = 30;
    public const int OldestDays = 366;

    /// <summary>Clocks of people differ by so much.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <exception cref="RefusedException">
    /// As <see cref="Make"/>, <see cref="NodeRefusal.UnknownNode"/>, <see cref="ComplaintRefusal.TooManyComplaints"/>,
    /// <see cref="ComplaintRefusal.TooManyDayComplaints"/>.
    /// </exception>
    public Task<Complaint> HandleAsync(NoteComplaintRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var complaint = Make(request, local.Now);
        return changes.ApplyAsync(actor, Right.See, "complaint.note", async (change, token) =>
        {
            var node = await change.Db.Nodes.InServiceAsync(request.NodeId, token);
            change.At(node.AreaId);
            await CheckCountAsync(change.Db.Complaints, limits.Value.Complaints, token);
            await CheckDayAsync(change.Db, actor, token);
            (complaint.AreaId, complaint.CreatedById) = (node.AreaId, actor.PersonId);
            return await AddAsync(change, complaint, token);
        }, cancellationToken);
    }

    /// <summary>Checks a request; the area is still to be set.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="ComplaintRefusal.ComplaintTimeOutOfRange"/>, <see cref="ComplaintRefusal.ComplaintWordsMissing"/>,
    /// <see cref="ComplaintRefusal.ComplaintWordsTooLong"/>, <see cref="Refusal.NameTooLong"/>,
    /// <see cref="ComplaintRefusal.ComplaintPhoneWrong"/>.
    /// </exception>
    internal static Complaint Make(NoteComplaintRequest request, DateTimeOffset now)
    {
        if (request.HeardAt > now + Ahead || request.HeardAt < now.AddDays(-OldestDays))
        {
            throw new RefusedException(ComplaintRefusal.ComplaintTimeOutOfRange, OldestDays);
        }

        var words = ComplaintText.Words(request.Words, request.Kind);
        return new Complaint
        {
            NodeId = request.NodeId,
            Kind = request.Kind,
            HeardAt = request.HeardAt,
            Words = words,
            Folded = FoldedText.Of(words),
            CallerName = ComplaintText.CallerName(request.CallerName),
            CallerPhone = ComplaintText.CallerPhone(request.CallerPhone),
            CreatedAt = now,
        };
    }

    /// <exception cref="RefusedException"><see cref="ComplaintRefusal.TooManyComplaints"/>.</exception>
    internal static async Task CheckCountAsync(
        IQueryable<Complaint> complaints, int most, CancellationToken cancellationToken)
    {
        if (await complaints.CountAsync(cancellationToken) >= most)
        {
            throw new RefusedException(ComplaintRefusal.TooManyComplaints, most);
        }
    }

    // Whoever may only look around fills neither the list nor the room that other communes need.
    private async Task CheckDayAsync(RadioDb db, Actor actor, CancellationToken cancellationToken)
    {
        var (since, most) = (local.Now.AddDays(-1), limits.Value.PersonDayComplaints);
        if (await db.Complaints.CountAsync(
            row => row.CreatedById == actor.PersonId && row.CreatedAt > since, cancellationToken) >= most)
        {
            throw new RefusedException(ComplaintRefusal.TooManyDayComplaints, most);
        }
    }

    /// <summary>Writes it. The audit log is kept for good, so it gets neither the words nor the caller.</summary>
    internal static async Task<ChangeReport<Complaint>> AddAsync(
        Change change, Complaint complaint, CancellationToken cancellationToken)
    {
        change.Db.Complaints.Add(complaint);
        await change.Db.SaveChangesAsync(cancellationToken);
        change.Happens(new ComplaintChanged(complaint.Id));
        return change.Report(
            complaint, ComplaintChanges.SubjectOf(complaint.Id),
            new { Node = complaint.NodeId, Kind = complaint.Kind.ToString(), complaint.HeardAt });
    }
}
