using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>Knows who may do what and where. The door asks it; roles and areas, which lie on a higher floor, answer.</summary>
public interface IRights
{
    /// <summary>All that the actor may do, as the change in progress sees it.</summary>
    Task<Grants> OfAsync(RadioDb db, Actor actor, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the actor may hold the right at any area. A no is final; a yes is quick, and <see cref="OfAsync"/> tells where.
    /// </summary>
    Task<bool> MayAnywhereAsync(RadioDb db, Actor actor, Right right, CancellationToken cancellationToken);

    /// <summary>The name with which a person signs in, or null: shown names may be alike.</summary>
    Task<string?> AccountAsync(RadioDb db, string personId, CancellationToken cancellationToken);

    /// <summary>
    /// Whether somebody else who may sign in holds the right at one of the areas, or everywhere when they are null.
    /// </summary>
    Task<bool> AnybodyElseMayAsync(
        RadioDb db, Right right, IReadOnlyCollection<long>? areas, string personId, CancellationToken cancellationToken);
}
