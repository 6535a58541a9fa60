using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>A room whose rows name bulletins: one that is named is not deleted.</summary>
public interface IUseBulletins
{
    /// <summary>Ids of the bulletins that rows name.</summary>
    IQueryable<long> Used(RadioDb db);
}
