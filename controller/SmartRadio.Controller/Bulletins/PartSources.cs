using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Melodies and members of programmes sound in others.</summary>
internal sealed class PartSources : IUseBulletins
{
    public IQueryable<long> Used(RadioDb db) => db.Set<BulletinPart>()
        .Where(part => part.SourceId != null && part.SourceId != part.BulletinId)
        .Select(part => part.SourceId!.Value);
}
