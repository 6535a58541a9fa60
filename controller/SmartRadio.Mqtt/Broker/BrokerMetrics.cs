using System.Diagnostics.Metrics;

namespace SmartRadio.Mqtt.Broker;

/// <summary>The embedded broker's figures, under the meter <c>SmartRadio.Mqtt</c>.</summary>
public sealed class BrokerMetrics : IDisposable
{
    private readonly Meter _meter = new("SmartRadio.Mqtt");
    private readonly Counter<long> _rejected;
    private long _connected;
    private long _dropped;
    private long _violations;
    private long _pendingBytes;
    private long _tlsFailures;

    public BrokerMetrics()
    {
        const string name = "smartradio.mqtt";
        _meter.CreateObservableGauge($"{name}.connections", () => Connected, "{connection}", "Clients signed in.");
        _meter.CreateObservableGauge($"{name}.pending", () => PendingBytes, "By", "Payload that waits for clients.");
        _meter.CreateObservableCounter($"{name}.messages.dropped", () => Dropped, "{message}", "Dropped for slow readers.");
        _meter.CreateObservableCounter($"{name}.violations", () => Violations, "{connection}", "Closed for what they sent.");
        _meter.CreateObservableCounter($"{name}.tls.failures", () => TlsFailures, "{handshake}", "TLS handshakes that failed.");
        Received = _meter.CreateCounter<long>($"{name}.messages.received", "{message}", "Messages that clients published.");
        Sent = _meter.CreateCounter<long>($"{name}.messages.sent", "{message}", "Messages handed to connections.");
        _rejected = _meter.CreateCounter<long>(
            $"{name}.rejected", "{request}", "Connections, messages and subscriptions rejected.");
    }

    /// <summary>Clients signed in.</summary>
    public long Connected => Interlocked.Read(ref _connected);

    /// <summary>Bytes of payload that wait for all clients together.</summary>
    public long PendingBytes => Interlocked.Read(ref _pendingBytes);

    /// <summary>Messages dropped since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Connections closed because of what they sent.</summary>
    public long Violations => Interlocked.Read(ref _violations);

    /// <summary>TLS handshakes that failed since the start.</summary>
    public long TlsFailures => Interlocked.Read(ref _tlsFailures);

    internal Counter<long> Received { get; }

    internal Counter<long> Sent { get; }

    public void Dispose() => _meter.Dispose();

    internal void CountConnected(int change) => Interlocked.Add(ref _connected, change);

    internal void CountPending(long bytes) => Interlocked.Add(ref _pendingBytes, bytes);

    internal void CountDropped() => Interlocked.Increment(ref _dropped);

    internal void CountViolation() => Interlocked.Increment(ref _violations);

    internal void CountTlsFailure() => Interlocked.Increment(ref _tlsFailures);

    internal void CountRejected(BrokerOperation operation) =>
        _rejected.Add(1, KeyValuePair.Create("operation", (object?)operation.ToString()));
}
