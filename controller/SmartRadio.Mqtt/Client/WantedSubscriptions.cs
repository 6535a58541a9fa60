using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Client;

/// <summary>What the application is subscribed to, told to the broker again whenever it has forgotten.</summary>
internal sealed class WantedSubscriptions(PacketIds ids, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Wish> _byFilter = new(StringComparer.Ordinal);
    private bool _isCancelled;

    /// <summary>Remembers a wish. A null subscription is the wish to be rid of the filter. Who still waits for an older wish waits for this one.</summary>
    /// <exception cref="OperationCanceledException">All was given up.</exception>
    public (Task Done, Packet Request) Add(string filter, MqttSubscription? subscription)
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
            return (wish.Done.Task, Ask(wish));
        }
    }

    /// <summary>What to ask on a new connection: all, or what was never answered when the broker kept the session.</summary>
    public List<Packet> Resume(bool sessionPresent)
    {
        lock (_gate)
        {
            var open = _byFilter.Values.Where(w => !sessionPresent || !w.Done.Task.IsCompleted).ToList();
            return open.ConvertAll(Ask);
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
            if (wish.Subscription is null)
            {
                _byFilter.Remove(wish.Filter);
                wish.Done.TrySetResult();
            }
            else if (code < MqttReasonCode.UnspecifiedError)
            {
                wish.Done.TrySetResult();
            }
            else if (wish.Done.TrySetException(new MqttRefusedException(code, $"the subscription to {wish.Filter}", reason)))
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

    private Packet Ask(Wish wish)
    {
        ids.Free(wish.PacketId);
        wish.PacketId = ids.Take();
        return wish.Subscription is { } subscription
            ? new SubscribePacket(wish.PacketId, [subscription]) { Properties = subscription.Identifier is { } number ? new PacketProperties { SubscriptionIdentifiers = [number] } : null }
            : new UnsubscribePacket(wish.PacketId, [wish.Filter]);
    }

    private sealed class Wish(string filter, MqttSubscription? subscription, TaskCompletionSource done)
    {
        public string Filter { get; } = filter;

        public MqttSubscription? Subscription { get; } = subscription;

        public TaskCompletionSource Done { get; } = done;

        public ushort PacketId { get; set; }
    }
}
