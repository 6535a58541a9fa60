using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;

namespace SmartRadio.Controller.Nodes.Enrolment;

/// <summary>The open code of a node that is revoked opens nothing.</summary>
internal sealed class RevokedCodes : ITakePartIn<NodeKeysChanged>
{
    public Task TakePartAsync(Change change, NodeKeysChanged happening, CancellationToken cancellationToken) =>
        happening.Change == KeyChange.Revoked
            ? change.Db.EnrolmentCodes.Where(code => code.NodeId == happening.NodeId && code.UsedAt == null)
                .ExecuteDeleteAsync(cancellationToken)
            : Task.CompletedTask;
}
