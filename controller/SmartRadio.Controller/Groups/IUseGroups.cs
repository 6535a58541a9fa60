using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Groups;

/// <summary>A room in which something may still be aired for a group.</summary>
public interface IUseGroups
{
    /// <summary>The titles of what is still to be aired for a group, whoever asked for it.</summary>
    Task<IReadOnlyList<string>> TitlesAsync(RadioDb db, long group, CancellationToken cancellationToken);
}
