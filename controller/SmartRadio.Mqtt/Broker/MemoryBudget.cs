using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker;

/// <summary>
/// What may wait for a client. While less than half of the total is used, each client has its full bound; above that, only an
/// equal share of the other half, and at the total only one message each. So the total holds whoever stalls, and clients that read are not harmed.
/// </summary>
internal sealed class MemoryBudget(MqttBrokerOptions options)
{
    /// <summary>Less would break off ordinary bursts.</summary>
    private const int SmallestShare = 16 * 1024;

    private int _share = options.MaxQueuedBytesPerClient;

    /// <summary>Encoded messages that any queue holds, and messages in outboxes.</summary>
    public ByteLedger Queued { get; } = new();

    /// <summary>Sessions with their subscriptions and wills.</summary>
    public ByteLedger Sessions { get; } = new();

    public bool HasRoomForSessions => Sessions.Bytes < options.MaxSessionBytes;

    public int PerClient
    {
        get
        {
            var queued = Queued.Bytes;
            return queued < options.MaxQueuedBytes / 2 ? options.MaxQueuedBytesPerClient : queued < options.MaxQueuedBytes ? Volatile.Read(ref _share) : 0;
        }
    }

    public void ShareAmong(int clients) => Volatile.Write(
        ref _share,
        (int)Math.Clamp(options.MaxQueuedBytes / 2 / Math.Max(1, clients), Math.Min(SmallestShare, options.MaxQueuedBytesPerClient), options.MaxQueuedBytesPerClient));
}
