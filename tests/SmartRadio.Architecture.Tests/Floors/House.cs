namespace SmartRadio.Architecture.Tests.Floors;

/// <summary>The rooms of one project by floor. A room may know rooms of lower floors and nothing else.</summary>
/// <param name="Root">The project's root namespace; what lies in it alone is below every room or puts all rooms together.</param>
/// <param name="Floors">From the ground up; a room is a namespace below the root with all below it.</param>
internal sealed record House(string Root, params IReadOnlyList<string[]> Floors)
{
    /// <summary>Where each floor is known to have an own order of its parts: "Delivery" is one room of three.</summary>
    public string? RoomOf(string? space)
    {
        if (space is null || !space.StartsWith(Root + ".", StringComparison.Ordinal))
        {
            return null;
        }

        var rest = space[(Root.Length + 1)..];
        return Floors.SelectMany(floor => floor)
            .Where(room => rest == room || rest.StartsWith(room + ".", StringComparison.Ordinal))
            .MaxBy(room => room.Length) ?? rest;
    }

    /// <summary>The room's floor, or -1 when no floor lists it.</summary>
    public int FloorOf(string room)
    {
        for (var floor = 0; floor < Floors.Count; floor++)
        {
            if (Floors[floor].Contains(room, StringComparer.Ordinal))
            {
                return floor;
            }
        }

        return -1;
    }
}
