using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Complaints;

/// <summary>
/// By which of several rights somebody does a thing about complaints. It only chooses: the door checks the right at the area.
/// </summary>
public sealed class ComplaintRights(IDbContextFactory<RadioDb> databases, IRights rights)
{
    /// <summary>Who may answer and close: editor, approver, monitor and administrator.</summary>
    public static IReadOnlyList<Right> ToAnswer { get; } = [Right.Write, Right.Approve, Right.Operate];

    /// <summary>Who may let residents complain without an account.</summary>
    public static IReadOnlyList<Right> ToOpen { get; } = [Right.Approve, Right.Administer];

    public static bool May(Grants grants, IReadOnlyList<Right> any, long area) => any.Any(right => grants.May(right, area));

    /// <param name="actor">Whose rights.</param>
    /// <param name="any">Among which.</param>
    /// <param name="area">Where; null = nobody knows the thing, and whichever right holds somewhere may say so.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first right that holds there, or the first of all.</returns>
    internal async Task<Right> ChooseAsync(
        Actor actor, IReadOnlyList<Right> any, long? area, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var grants = await rights.OfAsync(db, actor, cancellationToken);
        return any.FirstOrDefault(right => area is null ? grants.MayAnywhere(right) : grants.May(right, area), any[0]);
    }

    /// <summary>The same at the area of a complaint.</summary>
    internal async Task<Right> ToAnswerAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        long? area;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            area = await db.Complaints.Where(complaint => complaint.Id == id).Select(complaint => (long?)complaint.AreaId)
                .FirstOrDefaultAsync(cancellationToken);
        }

        return await ChooseAsync(actor, ToAnswer, area, cancellationToken);
    }
}
