using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SmartRadio.Controller.Changes;

/// <summary>Brings what happened to those who react, in the order in which rooms are listed. No room names another.</summary>
public sealed class Events(
    IServiceProvider services, IEnumerable<Reaction> reactions, IEnumerable<Part> parts, ChangeFeed feed, ILogger<Events> logger)
{
    private readonly ILookup<Type, Reaction> _reactions = reactions.ToLookup(reaction => reaction.To);
    private readonly ILookup<Type, Part> _parts = parts.ToLookup(part => part.In);

    /// <summary>Tells of what is done. Returns when everybody has reacted.</summary>
    public async Task PublishAsync(IEvent happened, CancellationToken cancellationToken)
    {
        foreach (var reaction in _reactions[happened.GetType()])
        {
            try
            {
                await reaction.React(services, happened, cancellationToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "A reaction to {Event} failed; what was done stays done", happened);
            }
        }

        foreach (var subject in happened.About)
        {
            feed.Changed(subject);
        }
    }

    /// <summary>Has all parts of the change done that other rooms add to it; these may say that more happens.</summary>
    internal async Task TakePartAsync(Change change, CancellationToken cancellationToken)
    {
        for (var next = 0; next < change.Happenings.Count; next++)
        {
            var happening = change.Happenings[next];
            foreach (var part in _parts[happening.GetType()])
            {
                await part.Take(services, change, happening, cancellationToken);
            }
        }
    }
}

/// <summary>One room's reaction to one kind of event.</summary>
public sealed record Reaction(Type To, Func<IServiceProvider, IEvent, CancellationToken, Task> React);

/// <summary>One room's part in changes of one kind.</summary>
public sealed record Part(Type In, Func<IServiceProvider, Change, IEvent, CancellationToken, Task> Take);

/// <summary>How rooms register what they do when something happens.</summary>
public static class EventServices
{
    /// <summary>Has a service of the container react; the service is registered by its room.</summary>
    public static IServiceCollection AddReaction<TEvent, TService>(this IServiceCollection services)
        where TEvent : IEvent
        where TService : class, IReactTo<TEvent> =>
        services.AddSingleton(new Reaction(
            typeof(TEvent),
            static (provider, happened, cancellationToken) =>
                provider.GetRequiredService<TService>().ReactAsync((TEvent)happened, cancellationToken)));

    /// <summary>Has a service of the container take part in the transaction.</summary>
    public static IServiceCollection AddPart<TEvent, TService>(this IServiceCollection services)
        where TEvent : IEvent
        where TService : class, ITakePartIn<TEvent> =>
        services.AddSingleton(new Part(
            typeof(TEvent),
            static (provider, change, happening, cancellationToken) =>
                provider.GetRequiredService<TService>().TakePartAsync(change, (TEvent)happening, cancellationToken)));
}
