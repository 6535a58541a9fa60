using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Wire;

namespace SmartRadio.Controller.Delivery;

/// <summary>
/// Sends objects ahead of time. Nodes ask for the chunks they lack; what any of them asked for is published once, for all who
/// listen, in turns between objects and within a byte rate, so that a long bulletin does not starve live sound.
/// </summary>
public sealed class ObjectDistributor(
    IMessageBus bus,
    ObjectFiles files,
    DeliveryMeters meters,
    IOptions<RadioOptions> options,
    TimeProvider time,
    ILogger<ObjectDistributor> logger) : BackgroundService
{
    // Long enough that the nodes of one plan ask together, short against the time a chunk takes on a weak line.
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, Carousel> _carousels = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _work = new(0, 1);

    /// <summary>Takes in a node's request. One for an object that is not here is ignored: the node's next plan will not name it.</summary>
    public void Want(ChunkRequest request)
    {
        var id = Hex.Encode(request.ObjectId);
        if (!File.Exists(files.PathOf(id)))
        {
            return;
        }

        // A carousel may close between being found and being asked; then the next one takes the request.
        while (!_carousels.GetOrAdd(id, _ => new Carousel(files.Open(id), time.GetUtcNow() + GatherFor)).Want(request))
        {
            _carousels.TryRemove(id, out _);
        }

        Wake();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _work.WaitAsync(stoppingToken);
            using var timer = new PeriodicTimer(Tick, time);
            var budget = 0.0;
            while (!_carousels.IsEmpty && await timer.WaitForNextTickAsync(stoppingToken))
            {
                // What the link did not take is not saved up for a burst.
                budget = Math.Min(budget, 0) + (options.Value.ObjectRate * Tick.TotalSeconds);
                Turn(ref budget);
            }
        }
    }

    private void Turn(ref double budget)
    {
        var now = time.GetUtcNow();
        var sent = true;
        while (sent && budget > 0)
        {
            sent = false;
            foreach (var carousel in _carousels.Values.Where(carousel => carousel.NotBefore <= now))
            {
                try
                {
                    sent |= SendNext(carousel, ref budget);
                }
                catch (IOException problem)
                {
                    logger.LogError(problem, "Object {Object} could not be read; its nodes will ask again", carousel.ObjectId);
                    _carousels.TryRemove(carousel.ObjectId, out _);
                }
            }
        }
    }

    private bool SendNext(Carousel carousel, ref double budget)
    {
        if (carousel.Next() is not { } index)
        {
            // A request that came in just now keeps the carousel.
            if (carousel.TryClose())
            {
                _carousels.TryRemove(carousel.ObjectId, out _);
            }

            return false;
        }

        var message = carousel.Read(index);
        if (!bus.TryPublish(Topics.Object(carousel.ObjectId), message, reliable: false, lifetime: null))
        {
            budget = 0;
            return false;
        }

        carousel.Sent(index);
        meters.ChunkSent();
        budget -= message.Length;
        return true;
    }

    private void Wake()
    {
        // Requests arrive one at a time from one reader, and a permit too many only turns an empty loop once.
        if (_work.CurrentCount == 0)
        {
            _work.Release();
        }
    }
}
