using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Client;

/// <summary>What the application is subscribed to, told to the broker again whenever it has forgotten.</summary>
internal sealed class WantedSubscriptions(PacketIds ids, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Wish> _byFilter = new(StringComparer.Ordinal);
    private Action<Packet>? _send;
    private bool _isCancelled;

    /// <summary>
    /// Remembers a wish and tells the broker, when there is one; in this order for all, or it would be left with another last wish than we.
    /// A null subscription is the wish to be rid of the filter. Who still waits for an older wish waits for this one.
    /// </summary>
    /// <returns>Completes when it is granted.</returns>
    /// <exception cref="OperationCanceledException">All was given up.</exception>
    public Task Add(string filter, MqttSubscription? subscription)
    {
        lock (_gate)
        {
            if (_isCancelled)
            {
                throw new OperationCanceledException("The MQTT client has been stopped.");
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_byFilter.TryGetValue(filter, out var old))
            {
                ids.Free(old.PacketId);
                done = old.Done.Task.IsCompleted ? done : old.Done;
            }

            var wish = new Wish(filter, subscription, done);
            _byFilter[filter] = wish;
            Ask(wish);
            return wish.Done.Task;
        }
    }

    /// <summary>A connection is up: all is asked for again, or what the last one left unanswered when the broker kept the session.</summary>
    public void Begin(bool sessionPresent, Action<Packet> send)
    {
        lock (_gate)
        {
            _send = send;
            foreach (var wish in _byFilter.Values.Where(w => !sessionPresent || !w.Done.Task.IsCompleted || w.PacketId != 0))
            {
                Ask(wish);
            }
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _send = null;
        }
    }

    /// <summary>Handles SUBACK and UNSUBACK.</summary>
    public void Acknowledge(ushort packetId, MqttReasonCode code, string? reason)
    {
        lock (_gate)
        {
            if (_byFilter.Values.FirstOrDefault(w => w.PacketId == packetId) is not { } wish)
            {
                return;
            }

            ids.Free(packetId);
            wish.PacketId = 0;
            if (code >= MqttReasonCode.UnspecifiedError)
            {
                Refuse(wish, code, reason);
                return;
            }

            wish.Done.TrySetResult();
            if (wish.Subscription is null)
            {
                _byFilter.Remove(wish.Filter);
            }
        }
    }

    /// <summary>Gives all up, for good.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            _isCancelled = true;
            foreach (var wish in _byFilter.Values)
            {
                wish.Done.TrySetCanceled();
            }
        }
    }

    private void Ask(Wish wish)
    {
        ids.Free(wish.PacketId);
        wish.PacketId = 0;
        if (_send is null)
        {
            // It is asked for on the next connection.
            return;
        }

        wish.PacketId = ids.Take();
        _send(wish.Subscription is { } subscription
            ? new SubscribePacket(wish.PacketId, [subscription]) { Properties = subscription.Identifier is { } number ? new PacketProperties { SubscriptionIdentifiers = [number] } : null }
            : new UnsubscribePacket(wish.PacketId, [wish.Filter]));
    }

    private void Refuse(Wish wish, MqttReasonCode code, string? reason)
    {
        var what = wish.Subscription is null ? "the end of the subscription to" : "the subscription to";
        if (wish.Done.TrySetException(new MqttRefusedException(code, $"{what} {wish.Filter}", reason)))
        {
            // The caller knows, unless nobody waits any more, which is no fault.
            _byFilter.Remove(wish.Filter);
            _ = wish.Done.Task.Exception;
        }
        else
        {
            // Granted once and refused after a reconnect: it stays wanted, and nobody waits who could be told.
            logger.LogWarning("The MQTT broker no longer grants the subscription to {Filter}: {Code} {Reason}", wish.Filter, code, reason);
        }
    }

    private sealed class Wish(string filter, MqttSubscription? subscription, TaskCompletionSource done)
    {
        public string Filter { get; } = filter;

        public MqttSubscription? Subscription { get; } = subscription;

        public TaskCompletionSource Done { get; } = done;

        public ushort PacketId { get; set; }
    }
}
