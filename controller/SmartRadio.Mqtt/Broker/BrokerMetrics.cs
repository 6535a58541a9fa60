using System.Diagnostics.Metrics;

namespace SmartRadio.Mqtt.Broker;

/// <summary>The embedded broker's figures, under the meter <c>SmartRadio.Mqtt</c>.</summary>
public sealed class BrokerMetrics : IDisposable
{
    private readonly Meter _meter = new("SmartRadio.Mqtt");
    private readonly Counter<long> _refused;
    private long _connected;
    private long _received;
    private long _sent;
    private long _dropped;
    private long _violations;
    private long _pendingBytes;

    public BrokerMetrics()
    {
        _meter.CreateObservableGauge("smartradio.mqtt.connections", () => Connected, "{connection}", "Clients signed in.");
        _meter.CreateObservableGauge("smartradio.mqtt.pending", () => PendingBytes, "By", "Payload that waits for clients.");
        _meter.CreateObservableCounter("smartradio.mqtt.messages.received", () => Interlocked.Read(ref _received), "{message}", "Messages that clients published.");
        _meter.CreateObservableCounter("smartradio.mqtt.messages.sent", () => Interlocked.Read(ref _sent), "{message}", "Messages handed to connections.");
        _meter.CreateObservableCounter("smartradio.mqtt.messages.dropped", () => Dropped, "{message}", "Messages dropped for readers that are too slow.");
        _meter.CreateObservableCounter("smartradio.mqtt.violations", () => Violations, "{connection}", "Connections closed because of what they sent.");
        _refused = _meter.CreateCounter<long>("smartradio.mqtt.refused", "{request}", "Connections, messages and subscriptions refused.");
    }

    /// <summary>Clients signed in.</summary>
    public long Connected => Interlocked.Read(ref _connected);

    /// <summary>Bytes of payload that wait for all clients together.</summary>
    public long PendingBytes => Interlocked.Read(ref _pendingBytes);

    /// <summary>Messages dropped since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Connections closed because of what they sent.</summary>
    public long Violations => Interlocked.Read(ref _violations);

    public void Dispose() => _meter.Dispose();

    internal void CountConnected(int change) => Interlocked.Add(ref _connected, change);

    internal void CountPending(long bytes) => Interlocked.Add(ref _pendingBytes, bytes);

    internal void CountReceived() => Interlocked.Increment(ref _received);

    internal void CountSent(int messages) => Interlocked.Add(ref _sent, messages);

    internal void CountDropped() => Interlocked.Increment(ref _dropped);

    internal void CountViolation() => Interlocked.Increment(ref _violations);

    internal void CountRefused(BrokerOperation operation) => _refused.Add(1, KeyValuePair.Create("operation", (object?)operation.ToString()));
}
