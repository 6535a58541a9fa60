using System.Collections;

namespace SmartRadio.Mqtt.Broker;

/// <summary>
/// Takes messages and subscriptions out of MQTTnet's hands and delivers by <see cref="TopicIndex{T}"/>. All goes out at QoS 0:
/// sessions are clean, and MQTT repeats nothing within a connection. Its methods are MQTTnet's handlers: they never wait, for the
/// publisher's connection is not read meanwhile, and never throw, for that would end it.
/// </summary>
internal sealed class MessageRouter(IBrokerAccess access, BrokerMetrics metrics)
{
    private readonly RetainedMessages _retained = new();

    [ThreadStatic]
    private static List<BrokerSession[]>? _found;

    public TopicIndex<BrokerSession> Index { get; } = new();

    public Task PublishAsync(InterceptingPublishEventArgs args)
    {
        args.ProcessPublish = false;
        metrics.Received.Add(1);
        var session = SessionOf(args.SessionItems);
        var message = args.ApplicationMessage;
        if (session.Connection.IsReplaced)
        {
            // Not taken, so not acknowledged.
            args.CloseConnection = true;
        }
        else if (access.MayPublish(session.Identity, message.Topic))
        {
            var isAtQos0 = message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce;
            Publish(new BrokerMessage(message.Topic, message.Payload, isAtQos0, message.Retain));
        }
        else
        {
            args.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            Reject(BrokerOperation.Publish, session.Connection, message.Topic);
        }

        return Task.CompletedTask;
    }

    public Task SubscribeAsync(InterceptingSubscriptionEventArgs args)
    {
        args.ProcessSubscription = false;
        var (session, filter) = (SessionOf(args.SessionItems), args.TopicFilter.Topic);
        session.Queue ??= args.Session;
        args.Response.ReasonCode = !access.MaySubscribe(session.Identity, filter) ? MqttSubscribeReasonCode.NotAuthorized
            : session.Subscribe(filter) ? MqttSubscribeReasonCode.GrantedQoS0 : MqttSubscribeReasonCode.QuotaExceeded;
        if (args.Response.ReasonCode != MqttSubscribeReasonCode.GrantedQoS0)
        {
            Reject(BrokerOperation.Subscribe, session.Connection, filter);
            return Task.CompletedTask;
        }

        foreach (var message in _retained.Matching(filter))
        {
            session.Offer(message);
        }

        return Task.CompletedTask;
    }

    public static Task UnsubscribeAsync(InterceptingUnsubscriptionEventArgs args)
    {
        args.ProcessUnsubscription = false;
        var isKnown = SessionOf(args.SessionItems).Unsubscribe(args.Topic);
        args.Response.ReasonCode = isKnown ? MqttUnsubscribeReasonCode.Success : MqttUnsubscribeReasonCode.NoSubscriptionExisted;
        return Task.CompletedTask;
    }

    /// <summary>The session that <see cref="ClientGate"/> put there.</summary>
    public static BrokerSession SessionOf(IDictionary items) => (BrokerSession)items[typeof(BrokerSession)]!;

    public void Reject(BrokerOperation operation, BrokerConnection connection, string? topic = null)
    {
        metrics.CountRejected(operation);
        access.Rejected(new RejectedAttempt(operation, connection.UserName, topic, connection.RemoteEndPoint));
    }

    /// <summary>Delivers to all who subscribed.</summary>
    public void Publish(BrokerMessage message)
    {
        if (message.IsRetained && access.IsRetained(message.Topic))
        {
            _retained.Keep(message);
        }

        message = message.IsRetained ? message with { IsRetained = false } : message;
        var found = _found ??= [];
        Index.Find(message.Topic, found);
        foreach (var sessions in found)
        {
            foreach (var session in sessions)
            {
                session.Offer(message);
            }
        }

        found.Clear();
    }
}
