using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Complaints;

/// <summary>A loudspeaker as the public form names it.</summary>
public sealed record PublicPole(string NodeId, string Name, long AreaId, string AreaName);

/// <summary>
/// Takes what a resident without an account writes about one loudspeaker. The program writes it: nobody is signed in.
/// </summary>
public sealed class SendComplaint(
    IDbContextFactory<RadioDb> databases, AuditedChanges changes, LocalTime local, IOptions<LimitOptions> limits)
{
    private const int LongestKey = 64;

    /// <summary>The loudspeaker of a public address; null where the form is off, or for any other text.</summary>
    public async Task<PublicPole?> FindAsync(string? token, CancellationToken cancellationToken)
    {
        if (!ComplaintAddress.IsToken(token))
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, token!, cancellationToken);
    }

    /// <summary>The number that a form with this one-time token got before, or null.</summary>
    public async Task<long?> NumberAsync(string? key, CancellationToken cancellationToken)
    {
        var sent = Key(key);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Complaints.Where(complaint => complaint.RequestKey == sent)
            .Select(complaint => (long?)complaint.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Refuses what could not be kept anyway, before it takes a place of the limits.</summary>
    /// <exception cref="RefusedException">As <see cref="NoteComplaint.Make"/>.</exception>
    public void Check(NoteComplaintRequest request) => NoteComplaint.Make(request, local.Now);

    /// <param name="token">Of the loudspeaker's public address.</param>
    /// <param name="key">The form's one-time token.</param>
    /// <param name="request">Its node is that of the address, whatever it names.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is changed then.</param>
    /// <returns>The complaint's number; that of the first, where the form was sent before.</returns>
    /// <exception cref="RefusedException">
    /// As <see cref="NoteComplaint.Make"/>, <see cref="Refusal.Malformed"/>, <see cref="ComplaintRefusal.PublicFormOff"/>,
    /// <see cref="ComplaintRefusal.TooManyComplaints"/>.
    /// </exception>
    public async Task<long> HandleAsync(
        string token, string? key, NoteComplaintRequest request, CancellationToken cancellationToken)
    {
        var complaint = NoteComplaint.Make(request, local.Now);
        complaint.RequestKey = Key(key);
        try
        {
            return (await changes.ApplyAsync(Actor.Program, Right.See, "complaint.send", async (change, cancel) =>
            {
                var pole = await FindAsync(change.Db, token, cancel)
                    ?? throw new RefusedException(ComplaintRefusal.PublicFormOff);
                change.At(pole.AreaId);
                var before = await change.Db.Complaints.Where(each => each.RequestKey == complaint.RequestKey)
                    .Select(each => (long?)each.Id).FirstOrDefaultAsync(cancel);
                if (before is { } first)
                {
                    throw new AlreadyAppliedException(ComplaintChanges.SubjectOf(first));
                }

                // Strangers fill no more than half: the rest is for what officers note.
                var (all, most) = (change.Db.Complaints, limits.Value.Complaints);
                await NoteComplaint.CheckCountAsync(all.Where(each => each.RequestKey != null), most / 2, cancel);
                await NoteComplaint.CheckCountAsync(all, most, cancel);
                (complaint.NodeId, complaint.AreaId) = (pole.NodeId, pole.AreaId);
                return await NoteComplaint.AddAsync(change, complaint, cancel);
            }, cancellationToken)).Id;
        }
        catch (AlreadyAppliedException)
        {
            // Committed: the turn of this one came after it.
            return (await NumberAsync(key, cancellationToken))!.Value;
        }
    }

    private static string Key(string? key) =>
        key is { Length: > 0 and <= LongestKey } ? key : throw new RefusedException(Refusal.Malformed, "once");

    private static async Task<PublicPole?> FindAsync(RadioDb db, string token, CancellationToken cancellationToken)
    {
        var pole = await (
            from address in db.ComplaintAddresses
            where address.Token == token
            join node in db.Nodes on address.NodeId equals node.Id
            where node.RevokedAt == null
            join area in db.Areas on node.AreaId equals area.Id
            select new PublicPole(node.Id, node.Name, area.Id, ComplaintText.AreaName(area)))
            .FirstOrDefaultAsync(cancellationToken);
        return pole is not null && await PublicForm.IsOpenAsync(db, pole.AreaId, cancellationToken) ? pole : null;
    }
}
