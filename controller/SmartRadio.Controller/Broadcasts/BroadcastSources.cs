using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>What was aired, or is to be, stays: the log and the receipts speak of it.</summary>
internal sealed class BroadcastSources : IUseBulletins
{
    public IQueryable<long> Used(RadioDb db) => db.Broadcasts.Select(broadcast => broadcast.BulletinId);
}
