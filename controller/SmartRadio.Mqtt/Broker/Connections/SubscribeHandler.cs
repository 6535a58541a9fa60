using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>SUBSCRIBE with its retained messages, and UNSUBSCRIBE.</summary>
internal sealed class SubscribeHandler(BrokerCore core)
{
    public async ValueTask SubscribeAsync(BrokerConnection connection, SubscribePacket packet)
    {
        var session = connection.Session!;
        var codes = new MqttReasonCode[packet.Subscriptions.Count];
        Dictionary<string, Subscription>? retained = null;
        for (var i = 0; i < codes.Length; i++)
        {
            if (session.Connection != connection)
            {
                // The client has come anew meanwhile, and what it wants now it says there.
                return;
            }

            var request = packet.Subscriptions[i];
            codes[i] = Check(connection, request);
            if (codes[i] >= MqttReasonCode.UnspecifiedError)
            {
                core.Refusals.Subscribe(connection.Peer!, request.Filter, codes[i]);
            }
            else
            {
                var identifiers = packet.Properties?.SubscriptionIdentifiers;
                var subscription = new Subscription(session, request, identifiers is [var identifier] ? identifier : null);
                if (session.Subscriptions.Add(subscription) is { } isNew && WantsRetained(request, isNew))
                {
                    retained ??= new Dictionary<string, Subscription>(StringComparer.Ordinal);
                    retained[request.Filter] = subscription;
                }
            }
        }

        connection.Answer(new SubAckPacket(packet.PacketId, codes) { Properties = connection.Explain(codes.Max(), codes.Length) });
        await connection.SendHeldAsync();
        foreach (var subscription in retained?.Values ?? Enumerable.Empty<Subscription>())
        {
            await SendRetainedAsync(connection, subscription);
        }
    }

    public static void Unsubscribe(BrokerConnection connection, UnsubscribePacket packet)
    {
        var session = connection.Session!;
        var codes = new MqttReasonCode[packet.Filters.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = session.Subscriptions.Remove(packet.Filters[i]) ? MqttReasonCode.Success : MqttReasonCode.NoSubscriptionExisted;
        }

        connection.Answer(new UnsubAckPacket(packet.PacketId, codes));
    }

    private MqttReasonCode Check(BrokerConnection connection, MqttSubscription request)
    {
        if (!MqttTopic.IsValidFilter(request.Filter) || MqttTopic.LevelsOf(request.Filter) > TopicTree.MaxLevels)
        {
            return MqttReasonCode.TopicFilterInvalid;
        }

        var filter = MqttTopic.TrySplitShared(request.Filter, out _, out var inner) ? inner.ToString() : request.Filter;
        if (!core.Authorizer.MaySubscribe(connection.Peer!, filter))
        {
            return MqttReasonCode.NotAuthorized;
        }

        return connection.Session!.Subscriptions.HasRoomFor(request.Filter)
            ? (MqttReasonCode)request.QualityOfService
            : MqttReasonCode.QuotaExceeded;
    }

    private static bool WantsRetained(MqttSubscription request, bool isNew) =>
        !request.Filter.StartsWith("$share/", StringComparison.Ordinal) &&
        (request.RetainHandling == MqttRetainHandling.Send || (request.RetainHandling == MqttRetainHandling.SendIfNew && isNew));

    /// <summary>Sends as fast as the client reads: however many there are, little waits in memory.</summary>
    private async ValueTask SendRetainedAsync(BrokerConnection connection, Subscription subscription)
    {
        foreach (var topic in core.Retained.TopicsUnder(subscription.Request.Filter))
        {
            await connection.WaitForRoomAsync();
            if (connection.IsOver)
            {
                return;
            }

            var message = core.Retained.Find(topic, core.Now);
            if (message?.QualityOfService > MqttQualityOfService.AtMostOnce && subscription.Request.QualityOfService > MqttQualityOfService.AtMostOnce)
            {
                // Acknowledged ones go as fast as they are acknowledged.
                connection.Session!.Deliveries.QueueRetained(topic, subscription);
                continue;
            }

            while (message is not null)
            {
                if (!connection.SendRetained(message, subscription.Identifiers, core.Now))
                {
                    core.Statistics.CountDropped();
                }

                // Published anew meanwhile: the newest must come last.
                var newest = core.Retained.Find(topic, core.Now);
                message = newest == message ? null : newest;
            }
        }
    }
}
