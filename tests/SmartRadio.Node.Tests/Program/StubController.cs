using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Tests.Program;

/// <summary>A real broker on a free port and just enough of a controller behind it.</summary>
internal sealed class StubController : IAsyncDisposable
{
    private readonly EmbeddedBroker _broker;
    private readonly MqttLink _link;
    /// <summary>What was said of each node's presence, the last at the end.</summary>
    private readonly ConcurrentDictionary<string, ImmutableList<string>> _presence = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<(string Node, Receipt Receipt)> _receipts = [];
    private readonly List<BenchSound> _sounds = [];
    private readonly SemaphoreSlim _changed = new(0);
    private readonly Task _listening;
    private long _counter = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private StubController(EmbeddedBroker broker)
    {
        _broker = broker;
        Port = broker.EndPoint!.Port;
        _link = new MqttLink(
            new MqttLinkOptions { Host = "127.0.0.1", Port = Port, ClientId = "controller" }, TimeProvider.System,
            NullLogger<MqttLink>.Instance);
        _listening = ListenAsync();
    }

    public int Port { get; }

    /// <param name="port">Where the broker listens; 0 is any free port.</param>
    /// <param name="mayEnter">Whom it lets in, by client id; null is everybody.</param>
    public static async Task<StubController> StartAsync(int port = 0, Func<string, bool>? mayEnter = null)
    {
        var broker = new EmbeddedBroker(
            Options.Create(new EmbeddedBrokerOptions { Port = port }), new PermissiveAccess(mayEnter),
            NullLoggerFactory.Instance);
        await broker.StartAsync(CancellationToken.None);
        var controller = new StubController(broker);
        controller._link.Start();
        await controller._link.SubscribeAsync(Topics.AllHere, CancellationToken.None);
        await controller._link.SubscribeAsync(Topics.AllUp, CancellationToken.None);
        return controller;
    }

    /// <summary>The secret of every node here.</summary>
    public static byte[] Secret { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 3))];

    public void Serve(BenchSound sound) => _sounds.Add(sound);

    public Task SendAsync(string node, CommandType type, byte[] body)
    {
        Assert.True(TrySend(node, type, body, Interlocked.Increment(ref _counter)));
        return Task.CompletedTask;
    }

    /// <summary>Publishes anything anywhere.</summary>
    public Task PublishAsync(string topic, byte[] payload)
    {
        Assert.True(_link.TryPublish(topic, payload, reliable: true));
        return Task.CompletedTask;
    }

    public Task BecomesAsync(string node, string presence) => UntilAsync(() => PresenceOf(node).LastOrDefault() == presence);

    /// <summary>Waits until a node's presence began so.</summary>
    public Task HearsAsync(string node, string[] presence) =>
        UntilAsync(() => PresenceOf(node).Take(presence.Length).SequenceEqual(presence));

    public async Task<Receipt> ReceiptAsync(string node, ReceiptStep step)
    {
        await UntilAsync(() => _receipts.Any(item => item.Node == node && item.Receipt.Step == step));
        return _receipts.First(item => item.Node == node && item.Receipt.Step == step).Receipt;
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        try
        {
            await _listening;
        }
        catch (OperationCanceledException)
        {
            // An answer was under way.
        }

        await _broker.StopAsync(CancellationToken.None);
        await _broker.DisposeAsync();
        _changed.Dispose();
    }

    private ImmutableList<string> PresenceOf(string node) => _presence.GetValueOrDefault(node, []);

    private async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await _changed.WaitAsync(limit.Token);
        }
    }

    private async Task ListenAsync()
    {
        await foreach (var message in _link.ReadAllAsync(CancellationToken.None))
        {
            var node = Topics.NodeOf(message.Topic);
            if (message.Topic == Topics.Here(node))
            {
                _presence[node] = PresenceOf(node).Add(Encoding.UTF8.GetString(message.Payload.Span));
            }
            else
            {
                Take(node, message.Payload.ToArray());
            }

            _changed.Release();
        }
    }

    private void Take(string node, byte[] payload)
    {
        var envelope = Envelope.Parse(payload);
        Assert.True(Envelope.IsAuthentic(payload, new NodeKeys(Secret).Up));
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        switch ((UpType)envelope.Type)
        {
            case UpType.ClockRequest:
                var sent = ClockRequest.Read(envelope.Body).NodeSent;
                var reply = new ClockReply
                {
                    RequestCounter = envelope.Counter,
                    NodeSent = sent,
                    ControllerReceived = now,
                    ControllerSent = now
                };
                TrySend(node, CommandType.ClockReply, reply.Write(), 0);
                break;
            case UpType.ResumeRequest:
                var nonce = ResumeRequest.Read(envelope.Body).Nonce;
                TrySend(
                    node, CommandType.ResumeReply,
                    new ResumeReply { Nonce = nonce, UpCounter = 0, CommandCounter = 0, Receipt = 0 }.Write(), 0);
                break;
            case UpType.Receipts:
                var receipts = ReceiptReport.Read(envelope.Body).Receipts;
                Array.ForEach(receipts, receipt => _receipts.Add((node, receipt)));
                TrySend(
                    node, CommandType.ReceiptAck,
                    new ReceiptAck { First = receipts[0].Number, Last = receipts[^1].Number }.Write(), 0);
                break;
            case UpType.ChunkRequest:
                Answer(ChunkRequest.Read(envelope.Body));
                break;
        }
    }

    private void Answer(ChunkRequest request)
    {
        var sound = _sounds.Single(sound => sound.Id.SequenceEqual(request.ObjectId));
        for (var range = 0; range < request.First.Length; range++)
        {
            foreach (var index in Enumerable.Range(request.First[range], request.Count[range]))
            {
                _link.TryPublish(sound.Topic, sound.Chunk(index), reliable: true);
            }
        }
    }

    /// <returns>False when the link is down: an answer that nobody waits for any more.</returns>
    private bool TrySend(string node, CommandType type, byte[] body, long counter)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var envelope = new Envelope
        {
            Type = (byte)type,
            NodeId = Hex.Decode(node, WireSizes.NodeIdLength),
            Counter = counter,
            Issued = now,
            Expires = now + 60_000,
            Body = body,
        };
        return _link.TryPublish(Topics.Command(node), envelope.Seal(new NodeKeys(Secret).Command), reliable: true);
    }
}
