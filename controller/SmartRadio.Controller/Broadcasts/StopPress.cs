using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>Somebody pressed stop: what the books are to tell, however late they are written.</summary>
/// <param name="Broadcast">One broadcast; null = whatever is on air.</param>
/// <param name="Area">Only there and below; null = in all areas of the person.</param>
/// <param name="Actor">Who pressed.</param>
/// <param name="At">When.</param>
internal sealed record StopPress(long? Broadcast, long? Area, Actor Actor, DateTimeOffset At)
{
    /// <summary>Whether a press is the same again: the books of the later one hold all that the earlier one meant.</summary>
    internal (long?, long?, string?, long?) Kind => (Broadcast, Area, Actor.PersonId, Actor.KeyId);

    /// <summary>For the log.</summary>
    public override string ToString() =>
        $"The stop of {(Broadcast is { } id ? $"broadcast {id}" : Area is { } area ? $"area {area}" : "everything")} by {Actor.Name}";
}
