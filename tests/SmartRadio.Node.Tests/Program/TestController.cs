using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Wire;

namespace SmartRadio.Node.Tests.Program;

/// <summary>A real broker on a free port and just enough of a controller behind it.</summary>
internal sealed class TestController : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly MqttClient _client;
    /// <summary>What was said of each node's presence, the last at the end.</summary>
    private readonly ConcurrentDictionary<string, ImmutableList<string>> _presence = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<(string Node, Receipt Receipt)> _receipts = [];
    private readonly List<BenchSound> _sounds = [];
    private readonly SemaphoreSlim _changed = new(0);
    private readonly Task _listening;
    private long _counter = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private TestController(IHost host)
    {
        _host = host;
        Port = host.Services.GetRequiredService<MqttBroker>().EndPoint!.Port;
        _client = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = Port, ClientId = "controller" });
        _listening = ListenAsync();
    }

    public int Port { get; }

    /// <param name="port">Where the broker listens; 0 is any free port.</param>
    /// <param name="authenticator">Whom it lets in; null is everybody.</param>
    public static async Task<TestController> StartAsync(int port = 0, IMqttAuthenticator? authenticator = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        if (authenticator is not null)
        {
            builder.Services.AddSingleton(authenticator);
        }

        builder.Services.AddMqttBroker(options => options.Port = port);
        var host = builder.Build();
        await host.StartAsync();
        var controller = new TestController(host);
        await controller._client.StartAsync(CancellationToken.None);
        await controller._client.SubscribeAsync(Topics.AllHere, MqttQualityOfService.AtLeastOnce, CancellationToken.None);
        await controller._client.SubscribeAsync(Topics.AllUp, MqttQualityOfService.AtLeastOnce, CancellationToken.None);
        return controller;
    }

    /// <summary>The secret of every node here.</summary>
    public static byte[] Secret { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 3))];

    public void Serve(BenchSound sound) => _sounds.Add(sound);

    public Task SendAsync(string node, CommandType type, byte[] body) => SealAsync(node, type, body, Interlocked.Increment(ref _counter));

    /// <summary>Publishes anything anywhere.</summary>
    public Task PublishAsync(string topic, byte[] payload) => _client.PublishAsync(new MqttMessage(topic, payload), CancellationToken.None);

    public Task BecomesAsync(string node, string presence) => UntilAsync(() => PresenceOf(node).LastOrDefault() == presence);

    /// <summary>Waits until a node's presence began so.</summary>
    public Task HearsAsync(string node, string[] presence) => UntilAsync(() => PresenceOf(node).Take(presence.Length).SequenceEqual(presence));

    public async Task<Receipt> ReceiptAsync(string node, ReceiptStep step)
    {
        await UntilAsync(() => _receipts.Any(item => item.Node == node && item.Receipt.Step == step));
        return _receipts.First(item => item.Node == node && item.Receipt.Step == step).Receipt;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        try
        {
            await _listening;
        }
        catch (OperationCanceledException)
        {
            // An answer was under way.
        }

        await _host.StopAsync();
        _host.Dispose();
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
        await foreach (var message in _client.Messages.ReadAllAsync())
        {
            var node = Topics.NodeOf(message.Topic);
            if (message.Topic == Topics.Here(node))
            {
                _presence[node] = PresenceOf(node).Add(Encoding.UTF8.GetString(message.Payload.Span));
            }
            else
            {
                await TakeAsync(node, message.Payload.ToArray());
            }

            _changed.Release();
        }
    }

    private async Task TakeAsync(string node, byte[] payload)
    {
        var envelope = Envelope.Parse(payload);
        Assert.True(Envelope.IsAuthentic(payload, new NodeKeys(Secret).Up));
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        switch ((UpType)envelope.Type)
        {
            case UpType.ClockRequest:
                var sent = ClockRequest.Read(envelope.Body).NodeSent;
                var reply = new ClockReply { RequestCounter = envelope.Counter, NodeSent = sent, ControllerReceived = now, ControllerSent = now };
                await SealAsync(node, CommandType.ClockReply, reply.Write(), 0);
                break;
            case UpType.ResumeRequest:
                var nonce = ResumeRequest.Read(envelope.Body).Nonce;
                await SealAsync(node, CommandType.ResumeReply, new ResumeReply { Nonce = nonce, UpCounter = 0, CommandCounter = 0, Receipt = 0 }.Write(), 0);
                break;
            case UpType.Receipts:
                var receipts = ReceiptReport.Read(envelope.Body).Receipts;
                Array.ForEach(receipts, receipt => _receipts.Add((node, receipt)));
                await SealAsync(node, CommandType.ReceiptAck, new ReceiptAck { First = receipts[0].Number, Last = receipts[^1].Number }.Write(), 0);
                break;
            case UpType.ChunkRequest:
                await AnswerAsync(ChunkRequest.Read(envelope.Body));
                break;
        }
    }

    private async Task AnswerAsync(ChunkRequest request)
    {
        var sound = _sounds.Single(sound => sound.Id.SequenceEqual(request.ObjectId));
        for (var range = 0; range < request.First.Length; range++)
        {
            foreach (var index in Enumerable.Range(request.First[range], request.Count[range]))
            {
                await _client.PublishAsync(new MqttMessage(sound.Topic, sound.Chunk(index)), CancellationToken.None);
            }
        }
    }

    private Task SealAsync(string node, CommandType type, byte[] body, long counter)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var envelope = new Envelope
        {
            Type = (byte)type,
            NodeId = Hex.Decode(node, Protocol.NodeIdLength),
            Counter = counter,
            Issued = now,
            Expires = now + 60_000,
            Body = body,
        };
        var message = new MqttMessage(Topics.Command(node), envelope.Seal(new NodeKeys(Secret).Command)) { QualityOfService = MqttQualityOfService.AtLeastOnce };
        return _client.PublishAsync(message, CancellationToken.None);
    }
}
