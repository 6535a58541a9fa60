using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SmartRadio.Controller.Link;
using SmartRadio.Protocol;
using SmartRadio.Simulation.Invariants;
using SmartRadio.Simulation.Network;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Controller;

/// <summary>The controller's way to the broker, over a line that may be cut.</summary>
internal sealed class ControllerBus(Broker broker, Line line, OneThread thread, TimeProvider time, Facts facts) : IMessageBus
{
    private readonly Channel<BusMessage> _arriving = Channel.CreateUnbounded<BusMessage>();
    private readonly List<string> _filters = [];

    public bool IsConnected => line.IsUp && !thread.IsDead;

    public Task SubscribeAsync(string filter, CancellationToken cancellationToken)
    {
        _filters.Add(filter);
        broker.Subscribe(line, filter);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BusMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _arriving.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_arriving.Reader.TryRead(out var message))
            {
                yield return message;
            }
        }
    }

    public bool TryPublish(string topic, ReadOnlyMemory<byte> payload, bool reliable)
    {
        if (!IsConnected)
        {
            return false;
        }

        var message = payload.ToArray();
        if (Topics.NodeOf(topic) is { } node && Envelope.Parse(message) is { } command)
        {
            facts.Commanded(node, command);
        }

        broker.Publish(line, topic, message);
        return true;
    }

    public void Arrive(string topic, byte[] payload, bool retained) =>
        thread.Run(() => _arriving.Writer.TryWrite(new BusMessage(topic, payload, retained, time.GetUtcNow())));

    /// <summary>As the client does after every reconnection.</summary>
    public void Reconnected() => _filters.ForEach(filter => broker.Subscribe(line, filter));
}
