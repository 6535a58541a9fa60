using SmartRadio.Mqtt.Broker.Sessions;

namespace SmartRadio.Mqtt.Broker.Routing;

/// <summary>Hands a message to everybody subscribed to its topic. Only appends to their queues; sends nothing itself.</summary>
internal sealed class Router(BrokerCore core)
{
    [ThreadStatic]
    private static List<TopicNode>? _matches;

    /// <summary>Keeps a retained message and queues the message to its receivers.</summary>
    /// <param name="message">What was published.</param>
    /// <param name="origin">Who published it; null for the broker itself.</param>
    /// <returns>What the publisher is told: success, nobody was subscribed, or a retained message could not be kept.</returns>
    public MqttReasonCode Publish(Publication message, Session? origin)
    {
        var kept = !message.Retain || core.Retained.Set(message);
        var matches = _matches ??= [];
        var delivered = 0;
        bool anybody;
        core.Topics.EnterRead();
        try
        {
            core.Topics.Collect(message.Topic, matches);
            anybody = matches.Count > 0;
            if (matches is [{ Subscribers: { } only, Groups: null }])
            {
                foreach (var subscription in only.All)
                {
                    delivered += Deliver(message, origin, subscription);
                }
            }
            else if (matches.Count > 0)
            {
                delivered = DeliverOnceEach(message, origin, matches);
            }
        }
        finally
        {
            core.Topics.ExitRead();
            matches.Clear();
            message.ReleaseEncodings();
        }

        core.Statistics.CountSent(delivered);
        return !kept ? MqttReasonCode.QuotaExceeded : anybody ? MqttReasonCode.Success : MqttReasonCode.NoMatchingSubscribers;
    }

    /// <summary>Several filters match: a session that is in more than one of them gets the message once, at the best QoS, with all identifiers (MQTT 5, 3.3.4).</summary>
    private static int DeliverOnceEach(Publication message, Session? origin, List<TopicNode> matches)
    {
        var merged = new Dictionary<Session, MergedSubscription>();
        var delivered = 0;
        foreach (var node in matches)
        {
            foreach (var subscription in node.Subscribers is { } list ? list.All : [])
            {
                if (!(subscription.Request.NoLocal && subscription.Session == origin))
                {
                    merged[subscription.Session] = merged.TryGetValue(subscription.Session, out var before)
                        ? before.With(subscription)
                        : new MergedSubscription(subscription);
                }
            }

            foreach (var group in node.Groups?.Values ?? Enumerable.Empty<SubscriberList>())
            {
                delivered += Deliver(message, origin, group.TakeTurn());
            }
        }

        foreach (var (session, wish) in merged)
        {
            delivered += session.Receive(message, wish.QualityOfService, wish.RetainAsPublished && message.Retain, wish.Identifiers);
        }

        return delivered;
    }

    private static int Deliver(Publication message, Session? origin, Subscription subscription)
    {
        var request = subscription.Request;
        return request.NoLocal && subscription.Session == origin
            ? 0
            : subscription.Session.Receive(message, request.QualityOfService, request.RetainAsPublished && message.Retain, subscription.Identifiers);
    }

    private readonly record struct MergedSubscription(MqttQualityOfService QualityOfService, bool RetainAsPublished, uint[] Identifiers)
    {
        public MergedSubscription(Subscription first)
            : this(first.Request.QualityOfService, first.Request.RetainAsPublished, first.Identifiers)
        {
        }

        public MergedSubscription With(Subscription other) => new(
            other.Request.QualityOfService > QualityOfService ? other.Request.QualityOfService : QualityOfService,
            RetainAsPublished || other.Request.RetainAsPublished,
            other.Identifiers.Length > 0 ? [.. Identifiers, .. other.Identifiers] : Identifiers);
    }
}
