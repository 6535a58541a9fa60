using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Complaints;

/// <summary>Opens a closed complaint again, as when it is too loud once more; a caller that was forgotten stays so.</summary>
public sealed class ReopenComplaint(AuditedChanges changes, ComplaintRights rights)
{
    /// <exception cref="RefusedException">
    /// <see cref="ComplaintRefusal.UnknownComplaint"/>, <see cref="ComplaintRefusal.ComplaintNotClosed"/>.
    /// </exception>
    public async Task HandleAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        var right = await rights.ToAnswerAsync(id, actor, cancellationToken);
        await changes.ApplyAsync(actor, right, "complaint.reopen", async (change, token) =>
        {
            var complaint = await change.FindComplaintAsync(id, token);
            if (complaint.ClosedAt is not { } closed)
            {
                throw new RefusedException(ComplaintRefusal.ComplaintNotClosed);
            }

            (complaint.ClosedById, complaint.ClosedAt) = (null, null);
            change.Happens(new ComplaintChanged(id));
            return change.Report(complaint, ComplaintChanges.SubjectOf(id), new { Closed = closed });
        }, cancellationToken);
    }
}
