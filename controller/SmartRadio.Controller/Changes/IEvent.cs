namespace SmartRadio.Controller.Changes;

/// <summary>Something that happened. Rooms declare their own; whoever cares reacts.</summary>
public interface IEvent
{
    /// <summary>What it is about, so that only pages that show it are drawn again.</summary>
    IEnumerable<Subject> About { get; }
}

/// <summary>One thing, or with an empty <see cref="Id"/> all things of a kind.</summary>
/// <param name="Noun">"node", "broadcast", "bulletin", "schedule", "release", "area", "person", "complaint" or "clock".</param>
/// <param name="Id">Which one.</param>
public readonly record struct Subject(string Noun, string Id = "");

/// <summary>Reacts when what happened is committed. It must not fail what is done: an exception is logged.</summary>
public interface IReactTo<in TEvent>
    where TEvent : IEvent
{
    Task ReactAsync(TEvent happened, CancellationToken cancellationToken);
}

/// <summary>Does its own part inside the transaction of the change; an exception undoes the whole.</summary>
public interface ITakePartIn<in TEvent>
    where TEvent : IEvent
{
    Task TakePartAsync(Change change, TEvent happening, CancellationToken cancellationToken);
}
