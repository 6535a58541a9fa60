using System.Threading.Channels;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Protocol;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests;

/// <summary>A bus without a broker: keeps what is published and delivers what a test sends.</summary>
public sealed class RecordingBus(TimeProvider time) : IMessageBus
{
    private readonly Channel<(string Topic, byte[] Payload)> _published = Channel.CreateUnbounded<(string, byte[])>();
    private readonly Channel<BusMessage> _arriving = Channel.CreateUnbounded<BusMessage>();
    private readonly Channel<string> _refused = Channel.CreateUnbounded<string>();
    private long _counter;

    public bool IsConnected { get; set; } = true;

    public Task SubscribeAsync(string filter, CancellationToken cancellationToken) => Task.CompletedTask;

    public IAsyncEnumerable<BusMessage> ReadAllAsync(CancellationToken cancellationToken) =>
        _arriving.Reader.ReadAllAsync(cancellationToken);

    public bool TryPublish(string topic, ReadOnlyMemory<byte> payload, bool reliable) =>
        IsConnected ? _published.Writer.TryWrite((topic, payload.ToArray())) : !_refused.Writer.TryWrite(topic);

    /// <summary>Waits until something was not taken because the link is down.</summary>
    public async Task RefusedAsync() =>
        await _refused.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Poll.Patience);

    public void Arrive(string topic, byte[] payload, bool retained = false) =>
        _arriving.Writer.TryWrite(new BusMessage(topic, payload, retained, time.GetUtcNow()));

    /// <summary>An authentic message of the node.</summary>
    /// <returns>Its bytes, for sending again.</returns>
    public byte[] ArriveFrom(EnrolledNode node, UpType type, byte[] body, long? counter = null)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var bytes = new Envelope
        {
            Type = (byte)type,
            NodeId = Convert.FromHexString(node.Node.Id),
            Counter = counter ?? Interlocked.Increment(ref _counter),
            Issued = now,
            Expires = now + 60_000,
            Body = body,
        }.Seal(new NodeKeys(node.Secret).Up);
        Arrive(Topics.Up(node.Node.Id), bytes);
        return bytes;
    }

    /// <summary>Waits for the next message on a topic, passing over others.</summary>
    /// <exception cref="TimeoutException">Nothing was published for too long.</exception>
    public async Task<byte[]> NextOnAsync(string topic)
    {
        while (true)
        {
            var (published, payload) = await _published.Reader.ReadAsync(TestContext.Current.CancellationToken)
                .AsTask().WaitAsync(Poll.Patience);
            if (published == topic)
            {
                return payload;
            }
        }
    }

    /// <summary>Waits for the next command of a type to a node and opens it as the node would.</summary>
    public async Task<Envelope> NextCommandAsync(EnrolledNode node, CommandType type)
    {
        while (true)
        {
            var bytes = await NextOnAsync(Topics.Command(node.Node.Id));
            Assert.True(Envelope.IsAuthentic(bytes, new NodeKeys(node.Secret).Command));
            if (Envelope.Parse(bytes) is { } envelope && envelope.Type == (byte)type)
            {
                return envelope;
            }
        }
    }

    /// <summary>The next message published, if there is one.</summary>
    public bool TryTake(out (string Topic, byte[] Payload) message) => _published.Reader.TryRead(out message);

    /// <summary>What has been published and not yet been read.</summary>
    public IReadOnlyList<(string Topic, byte[] Payload)> TakePublished()
    {
        var taken = new List<(string, byte[])>();
        while (TryTake(out var message))
        {
            taken.Add(message);
        }

        return taken;
    }
}
