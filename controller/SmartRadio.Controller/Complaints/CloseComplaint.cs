using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Complaints;

/// <summary>Closes a complaint, answered or not; from then on the caller is remembered for a while only.</summary>
public sealed class CloseComplaint(AuditedChanges changes, ComplaintRights rights, LocalTime local)
{
    /// <exception cref="RefusedException">
    /// <see cref="ComplaintRefusal.UnknownComplaint"/>, <see cref="ComplaintRefusal.ComplaintClosed"/>.
    /// </exception>
    public async Task HandleAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        var right = await rights.ToAnswerAsync(id, actor, cancellationToken);
        await changes.ApplyAsync(actor, right, "complaint.close", async (change, token) =>
        {
            var complaint = await change.OpenComplaintAsync(id, token);
            (complaint.ClosedById, complaint.ClosedAt) = (actor.PersonId, local.Now);
            change.Happens(new ComplaintChanged(id));
            return change.Report(complaint, ComplaintChanges.SubjectOf(id), new { IsAnswered = complaint.Answer is not null });
        }, cancellationToken);
    }
}
