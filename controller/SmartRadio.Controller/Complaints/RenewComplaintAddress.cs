using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Complaints;

/// <summary>Gives a loudspeaker a new public address; what is printed on its pole leads nowhere from then on.</summary>
public sealed class RenewComplaintAddress(
    IDbContextFactory<RadioDb> databases, AuditedChanges changes, ComplaintRights rights)
{
    /// <exception cref="RefusedException"><see cref="NodeRefusal.UnknownNode"/>.</exception>
    public async Task<ComplaintAddress> HandleAsync(string nodeId, Actor actor, CancellationToken cancellationToken)
    {
        var right = await rights.ChooseAsync(
            actor, ComplaintRights.ToOpen, await AreaOfAsync(nodeId, cancellationToken), cancellationToken);
        return await changes.ApplyAsync(actor, right, "complaint.address", async (change, token) =>
        {
            var node = await change.Db.Nodes.InServiceAsync(nodeId, token);
            change.At(node.AreaId);
            var address = await change.Db.ComplaintAddresses.FindAsync([nodeId], token);
            var isRenewed = address is not null;
            if (address is null)
            {
                address = new ComplaintAddress { NodeId = nodeId, Token = string.Empty };
                change.Db.ComplaintAddresses.Add(address);
            }

            address.Token = ComplaintAddress.NewToken();
            return change.Report(address, $"node {nodeId}", new { IsRenewed = isRenewed });
        }, cancellationToken);
    }

    private async Task<long?> AreaOfAsync(string nodeId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Nodes.Where(node => node.Id == nodeId).Select(node => (long?)node.AreaId)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
