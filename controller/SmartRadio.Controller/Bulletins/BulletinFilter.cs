using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Which bulletins a list shows.</summary>
public sealed record BulletinFilter
{
    /// <summary>All that there are.</summary>
    public static BulletinFilter All { get; } = new();

    public static BulletinFilter Approved { get; } = new() { State = BulletinState.Approved, IsCurrent = true };

    public static BulletinFilter Waiting { get; } = new() { State = BulletinState.Waiting, IsCurrent = true };

    public BulletinState? State { get; init; }

    /// <summary>Only those that wait or were returned.</summary>
    public bool IsOpen { get; init; }

    /// <summary>
    /// Without those that a newer version has taken the place of and, unless they are asked for, those that were withdrawn.
    /// </summary>
    public bool IsCurrent { get; init; }

    /// <summary>Words of the title, without marks and in any case.</summary>
    public string? Title { get; init; }

    /// <summary>Only those that one person made.</summary>
    public string? AuthorId { get; init; }

    public BulletinOrigin? Origin { get; init; }

    /// <summary>Only those older than this one.</summary>
    public long? After { get; init; }

    internal IQueryable<Bulletin> Of(RadioDb db, IQueryable<Bulletin> bulletins)
    {
        bulletins = State switch
        {
            BulletinState.Withdrawn => bulletins.Where(row => row.WithdrawnAt != null),
            BulletinState.Approved => bulletins.Where(row => row.ApprovedAt != null && row.WithdrawnAt == null),
            BulletinState.Returned => bulletins.Where(row => row.ApprovedAt == null && row.ReturnedAt != null),
            BulletinState.Waiting => bulletins.Where(row => row.ApprovedAt == null && row.ReturnedAt == null),
            _ => bulletins,
        };
        if (AuthorId is { } author)
        {
            bulletins = bulletins.Where(row => row.CreatedById == author);
        }

        if (IsOpen)
        {
            bulletins = bulletins.Where(row => row.ApprovedAt == null);
        }

        if (IsCurrent)
        {
            bulletins = bulletins.Where(row => row.WithdrawnAt == null || State == BulletinState.Withdrawn);
            // One that was approved stays until a later version is.
            bulletins = bulletins.Where(row => !db.Bulletins.Any(
                newer => newer.RootId == (row.RootId ?? row.Id) && newer.Id > row.Id && newer.WithdrawnAt == null
                    && (newer.ApprovedAt != null || row.ApprovedAt == null)));
        }

        return Origin is { } origin ? bulletins.Where(row => row.Origin == origin) : bulletins;
    }
}
