using SmartRadio.Node.Hardware;
using SmartRadio.Simulation.Invariants;
using SmartRadio.Simulation.Network;

namespace SmartRadio.Simulation.Nodes;

/// <summary>A node's end of its line; what it says of itself is overheard.</summary>
internal sealed class NodeLink(Broker broker, Line line, ReceiptWitness witness) : ILink
{
    public void Publish(string topic, byte[] payload, bool atLeastOnce, bool retain)
    {
        witness.Sent(payload);
        broker.Publish(line, topic, payload, retain);
    }

    public void Subscribe(string filter, bool atLeastOnce) => broker.Subscribe(line, filter);

    public void Unsubscribe(string filter) => broker.Unsubscribe(line, filter);
}
