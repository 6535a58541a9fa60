using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Objects;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Delivery.Objects;

/// <summary>
/// Sends objects ahead of time. Nodes ask for the chunks they lack; what most of them lack is published once, for all who
/// listen, the rest to each by itself, within byte rates, so that a long bulletin does not starve live sound. The dearest class
/// comes first; within a class objects and nodes take turns. Only what a node is to have is sent to it.
/// </summary>
public sealed class ObjectDistributor(
    IMessageBus bus,
    ObjectStorage files,
    DeliveryMeters meters,
    ObjectHearers hearers,
    DataLedger data,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<ObjectDistributor> logger) : BackgroundService, IUpHandler
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    // In ticks: one look at the database serves all who asked meanwhile.
    private const int TakeInEvery = 5;

    // A node whose broadcast was stopped gets its sound so long at most.
    private static readonly TimeSpan NamedFor = TimeSpan.FromSeconds(30);

    private readonly RequestQueue _requests = new();
    private readonly OpenObjects _open = new(files, data);
    private readonly SendAllowance _forAll = new();
    private readonly SendAllowance _forOne = new();
    private readonly SendAllowance _line = new();
    private readonly long _beganAt = time.GetTimestamp();
    private long _turns;
    private volatile bool _isAwake;

    public UpType Type => UpType.ChunkRequest;

    /// <summary>Somebody has asked, and not all of it is sent: it goes by the clock.</summary>
    internal bool IsAwake => _isAwake;

    /// <summary>How many turns are over.</summary>
    internal long Turns => Interlocked.Read(ref _turns);

    /// <summary>Counted from the start: no jump of the clock makes a line busy for hours.</summary>
    private DateTimeOffset Now => DateTimeOffset.UnixEpoch + time.GetElapsedTime(_beganAt);

    public ValueTask<bool> HandleAsync(UpMessage message, CancellationToken cancellationToken)
    {
        if (ChunkRequest.Read(message.Envelope.Body) is not { } request)
        {
            return new(false);
        }

        Want(message.NodeId, request);
        return new(true);
    }

    /// <summary>Takes note of a node's request.</summary>
    public void Want(string nodeId, ChunkRequest request) => _requests.Add(nodeId, request);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _requests.WaitAsync(stoppingToken);
            using var timer = new PeriodicTimer(Tick, time);
            _isAwake = true;
            for (var tick = 0;
                (_requests.Any || _open.Wanted.Any()) && await timer.WaitForNextTickAsync(stoppingToken);
                tick++)
            {
                if (tick % TakeInEvery == 0)
                {
                    await TakeInAsync(Now, stoppingToken);
                }

                await hearers.LookAsync(_open.Wanted, stoppingToken);
                _forAll.Renew(options.Value.ObjectRate, Tick);
                _forOne.Renew(options.Value.ObjectRepairRate, Tick);
                _line.Renew(options.Value.ObjectLineRate, Tick);
                Turn(Now);
                Interlocked.Increment(ref _turns);
            }

            _isAwake = false;
        }
    }

    private async Task TakeInAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        _open.ForgetOld(now);
        var known = _requests.TakeAll().ToLookup(each => _open.Find(each.ObjectId)?.IsNamed(each.NodeId, now) == true);
        foreach (var each in known[true])
        {
            _open.Find(each.ObjectId)!.Want(each.NodeId, each.Request, now);
        }

        var named = await hearers.NamedAsync(known[false], cancellationToken);
        foreach (var (asked, rank) in named.OrderByDescending(each => each.Rank))
        {
            try
            {
                if (_open.Open(asked.ObjectId, rank, now) is { } carousel)
                {
                    carousel.Name(asked.NodeId, rank, now + NamedFor);
                    carousel.Want(asked.NodeId, asked.Request, now);
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                logger.LogError(problem, "Object {Object} could not be opened; its nodes will ask again", asked.ObjectId);
            }
        }
    }

    private void Turn(DateTimeOffset now)
    {
        foreach (var alike in _open.Wanted.Where(carousel => carousel.NotBefore <= now).ToList()
            .GroupBy(carousel => carousel.Rank).OrderByDescending(group => group.Key))
        {
            // Single nodes first: they never take more of the line than the rate of repairs.
            SendToOne([.. alike], now);
            SendToAll([.. alike], now);
        }
    }

    /// <summary>One chunk for each node whose line is free, those that waited longest first.</summary>
    private void SendToOne(IReadOnlyList<Carousel> carousels, DateTimeOffset now)
    {
        var waiting = carousels.SelectMany(
            carousel => carousel.Waiting(now).Select(listener => (Carousel: carousel, Listener: listener)));
        foreach (var (carousel, listener) in waiting.OrderBy(each => each.Listener.Line.FreeAt))
        {
            if (_forOne.IsSpent || _line.IsSpent)
            {
                return;
            }

            // It may have had its turn for another object.
            if (listener.Line.FreeAt > now || carousel.NextFor(listener, now) is not { } index)
            {
                continue;
            }

            var topic = Topics.OwnObject(listener.NodeId, carousel.ObjectId);
            if (Publish(carousel, index, topic, _forOne) is { } sent)
            {
                _line.Spend(sent);
                var takes = TimeSpan.FromSeconds((double)sent / options.Value.ObjectRate);
                carousel.SentToOne(listener, index, topic.Length + sent, now, now + takes);
            }
        }
    }

    /// <summary>Chunks for all, of the object that waited longest first.</summary>
    private void SendToAll(IReadOnlyList<Carousel> carousels, DateTimeOffset now)
    {
        var waiting = new Queue<Carousel>(carousels.OrderBy(carousel => carousel.LastTurn));
        while (waiting.TryDequeue(out var carousel))
        {
            var topic = Topics.Object(carousel.ObjectId);
            if (carousel.NextForAll() is { } index && Publish(carousel, index, topic, _forAll) is { } sent)
            {
                _line.Spend((long)sent * carousel.Hearers);
                carousel.SentToAll(index, topic.Length + sent, now);
                waiting.Enqueue(carousel);
            }
        }
    }

    /// <returns>Bytes of the message, or null when it may not or cannot be sent now.</returns>
    private int? Publish(Carousel carousel, int index, string topic, SendAllowance allowance)
    {
        if (allowance.IsSpent || _line.IsSpent || _open.Find(carousel.ObjectId) != carousel)
        {
            return null;
        }

        try
        {
            var message = carousel.Read(index);
            if (bus.TryPublish(topic, message, reliable: false))
            {
                meters.ChunkSent();
                allowance.Spend(message.Length);
                return message.Length;
            }

            allowance.Forfeit();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            logger.LogError(problem, "Object {Object} could not be read; its nodes will ask again", carousel.ObjectId);
            _open.Close(carousel);
        }

        return null;
    }
}
