using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>
/// A room's knowledge of which entries of the audit log lie in some areas. An entry names what was changed and no area; the room
/// that owns the noun knows where the thing lies.
/// </summary>
public interface IAuditedIn
{
    /// <summary>Numbers of the entries that are known to lie in the areas.</summary>
    IQueryable<long> Entries(RadioDb db, IReadOnlySet<long> areas);
}
