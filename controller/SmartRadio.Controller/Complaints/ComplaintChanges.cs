using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Complaints;

/// <summary>What the changes of complaints share.</summary>
internal static class ComplaintChanges
{
    /// <summary>How the audit log names a complaint.</summary>
    public static string SubjectOf(long id) => string.Create(CultureInfo.InvariantCulture, $"complaint {id}");

    /// <summary>Finds a complaint that is not closed, at whose area the change's right holds.</summary>
    /// <exception cref="RefusedException">
    /// As by <see cref="FindComplaintAsync"/>, <see cref="ComplaintRefusal.ComplaintClosed"/>.
    /// </exception>
    public static async Task<Complaint> OpenComplaintAsync(this Change change, long id, CancellationToken cancellationToken)
    {
        var complaint = await change.FindComplaintAsync(id, cancellationToken);
        return complaint.ClosedAt is null ? complaint : throw new RefusedException(ComplaintRefusal.ComplaintClosed);
    }

    /// <summary>Finds a complaint, closed or not, at whose area the change's right holds.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="ComplaintRefusal.UnknownComplaint"/>, <see cref="Refusal.NotAllowed"/>.
    /// </exception>
    public static async Task<Complaint> FindComplaintAsync(this Change change, long id, CancellationToken cancellationToken)
    {
        var complaint = await change.Db.Complaints.SingleOrDefaultAsync(each => each.Id == id, cancellationToken)
            ?? throw new RefusedException(ComplaintRefusal.UnknownComplaint, id);
        change.At(complaint.AreaId);
        return complaint;
    }
}
