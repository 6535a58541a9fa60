using System.Diagnostics.Metrics;

namespace SmartRadio.Controller.Delivery;

/// <summary>Counters of the delivery side, on the meter "SmartRadio.Delivery".</summary>
public sealed class DeliveryMeters
{
    private readonly Counter<long> _chunks;
    private readonly Counter<long> _frames;

    public DeliveryMeters(IMeterFactory factory)
    {
        var meter = factory.Create("SmartRadio.Delivery");
        _chunks = meter.CreateCounter<long>("smartradio.object.chunks", "{chunk}", "Object chunks published");
        _frames = meter.CreateCounter<long>("smartradio.stream.frames", "{frame}", "Stream frames published");
    }

    public void ChunkSent() => _chunks.Add(1);

    public void FrameSent() => _frames.Add(1);
}
