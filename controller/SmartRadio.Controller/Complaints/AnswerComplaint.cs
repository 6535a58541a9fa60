using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Complaints;

/// <param name="Id">Of the complaint.</param>
/// <param name="Text">At most <see cref="AnswerComplaint.Longest"/> characters.</param>
/// <param name="SeenAt">When the answer was given that the person has read; null = there was none.</param>
public sealed record AnswerComplaintRequest(long Id, string? Text, DateTimeOffset? SeenAt);

/// <summary>Answers a complaint, or puts another answer in the place of the one that was read.</summary>
public sealed class AnswerComplaint(AuditedChanges changes, ComplaintRights rights, LocalTime local)
{
    public const int Longest = 2000;

    /// <exception cref="RefusedException">
    /// <see cref="ComplaintRefusal.UnknownComplaint"/>, <see cref="ComplaintRefusal.ComplaintClosed"/>,
    /// <see cref="ComplaintRefusal.ComplaintAnsweredMeanwhile"/>, <see cref="ComplaintRefusal.ComplaintAnswerMissing"/>,
    /// <see cref="ComplaintRefusal.ComplaintWordsTooLong"/>.
    /// </exception>
    public async Task HandleAsync(AnswerComplaintRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var answer = ComplaintText.Answer(request.Text);
        var right = await rights.ToAnswerAsync(request.Id, actor, cancellationToken);
        await changes.ApplyAsync(actor, right, "complaint.answer", async (change, token) =>
        {
            var complaint = await change.OpenComplaintAsync(request.Id, token);
            if (complaint.AnsweredAt != request.SeenAt)
            {
                throw new RefusedException(ComplaintRefusal.ComplaintAnsweredMeanwhile);
            }

            var before = complaint.Answer;
            (complaint.Answer, complaint.AnsweredById, complaint.AnsweredAt) = (answer, actor.PersonId, local.Now);
            change.Happens(new ComplaintChanged(complaint.Id));
            return change.Report(complaint, ComplaintChanges.SubjectOf(complaint.Id), new { Answer = answer, Before = before });
        }, cancellationToken);
    }
}
