using System.Diagnostics.Metrics;
using SmartRadio.Wire;

namespace SmartRadio.Controller.Delivery;

/// <summary>Counters of the delivery side, on the meter "SmartRadio.Delivery".</summary>
public sealed class DeliveryMeters
{
    private readonly Counter<long> _refused;
    private readonly Counter<long> _chunks;
    private readonly Counter<long> _frames;

    public DeliveryMeters(IMeterFactory factory)
    {
        var meter = factory.Create("SmartRadio.Delivery");
        _refused = meter.CreateCounter<long>("smartradio.up.refused", "{message}", "Messages of nodes that were refused, by reason");
        _chunks = meter.CreateCounter<long>("smartradio.object.chunks", "{chunk}", "Object chunks published");
        _frames = meter.CreateCounter<long>("smartradio.stream.frames", "{frame}", "Stream frames published");
    }

    /// <param name="nodeId">The node whose message it was, or null for a stranger's; strangers' ids are not kept as tags.</param>
    /// <param name="reason">Why.</param>
    public void Refused(string? nodeId, ReceiptReason reason) =>
        _refused.Add(1, new("reason", reason.ToString()), new("node", nodeId ?? "unknown"));

    public void ChunkSent() => _chunks.Add(1);

    public void FrameSent() => _frames.Add(1);
}
