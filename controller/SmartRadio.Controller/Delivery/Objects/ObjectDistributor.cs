using System.Collections.Concurrent;
using System.Threading.Channels;
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
/// listen, the rest to each by itself, in turns between objects and within byte rates, so that a long bulletin does not starve
/// live sound.
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
    // Long enough that the nodes of one plan ask together, short against the time a chunk takes on a weak line.
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    // Nodes wait at most a minute between two requests.
    private static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Carousel> _carousels = new(StringComparer.Ordinal);
    private readonly Channel<bool> _work =
        Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public UpType Type => UpType.ChunkRequest;

    public ValueTask<bool> HandleAsync(UpMessage message, CancellationToken cancellationToken)
    {
        if (ChunkRequest.Read(message.Envelope.Body) is not { } request)
        {
            return new(false);
        }

        Want(message.NodeId, request);
        return new(true);
    }

    /// <summary>
    /// Takes in a node's request. One for an object that is not here is ignored: the node's next plan will not name it.
    /// </summary>
    public void Want(string nodeId, ChunkRequest request)
    {
        var id = Hex.Encode(request.ObjectId);
        if (!File.Exists(files.PathOf(id)))
        {
            return;
        }

        var now = time.GetUtcNow();
        ForgetOld(now);
        _carousels.GetOrAdd(id, _ => new Carousel(files.Open(id), data, now + GatherFor)).Want(nodeId, request, now);
        _work.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _work.Reader.ReadAsync(stoppingToken);
            using var timer = new PeriodicTimer(Tick, time);
            var forAll = new SendAllowance();
            var forOne = new SendAllowance();
            var line = new SendAllowance();
            while (_carousels.Values.Any(carousel => carousel.IsWanted) && await timer.WaitForNextTickAsync(stoppingToken))
            {
                await hearers.LookAsync(_carousels.Values, stoppingToken);
                forAll.Renew(options.Value.ObjectRate, Tick);
                forOne.Renew(options.Value.ObjectRepairRate, Tick);
                line.Renew(options.Value.ObjectLineRate, Tick);
                Turn(SendToAll, forAll, line);
                Turn(SendToOne, forOne, line);
            }
        }
    }

    private void Turn(Func<Carousel, SendAllowance, SendAllowance, bool> send, SendAllowance allowance, SendAllowance line)
    {
        var now = time.GetUtcNow();
        var sent = true;
        while (sent)
        {
            sent = false;
            foreach (var carousel in _carousels.Values.Where(carousel => carousel.NotBefore <= now))
            {
                try
                {
                    sent |= !allowance.IsSpent && !line.IsSpent && send(carousel, allowance, line);
                }
                catch (IOException problem)
                {
                    logger.LogError(problem, "Object {Object} could not be read; its nodes will ask again", carousel.ObjectId);
                    _carousels.TryRemove(carousel.ObjectId, out _);
                }
            }
        }
    }

    private bool SendToAll(Carousel carousel, SendAllowance allowance, SendAllowance line)
    {
        if (carousel.NextForAll() is not { } index)
        {
            return false;
        }

        var topic = Topics.Object(carousel.ObjectId);
        var message = carousel.Read(index);
        if (!TryPublish(topic, message, allowance))
        {
            return false;
        }

        line.Spend((long)message.Length * carousel.Hearers);
        carousel.SentToAll(index, topic.Length + message.Length);
        return true;
    }

    private bool SendToOne(Carousel carousel, SendAllowance allowance, SendAllowance line)
    {
        var now = time.GetUtcNow();
        if (carousel.NextForOne(now) is not { } next)
        {
            return false;
        }

        var topic = Topics.OwnObject(next.NodeId, carousel.ObjectId);
        var message = carousel.Read(next.Index);
        if (!TryPublish(topic, message, allowance))
        {
            return false;
        }

        line.Spend(message.Length);
        carousel.SentToOne(
            next.NodeId, next.Index, topic.Length + message.Length,
            now + TimeSpan.FromSeconds((double)message.Length / options.Value.ObjectRate));
        return true;
    }

    private bool TryPublish(string topic, byte[] message, SendAllowance allowance)
    {
        if (!bus.TryPublish(topic, message, reliable: false))
        {
            allowance.Forfeit();
            return false;
        }

        meters.ChunkSent();
        allowance.Spend(message.Length);
        return true;
    }

    private void ForgetOld(DateTimeOffset now)
    {
        foreach (var carousel in _carousels.Values.Where(
            carousel => now - carousel.LastAsked > RememberFor && !carousel.IsWanted))
        {
            _carousels.TryRemove(carousel.ObjectId, out _);
        }
    }
}
