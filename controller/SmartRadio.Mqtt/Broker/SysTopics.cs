using System.Globalization;
using System.Text;
using SmartRadio.Mqtt.Broker.Routing;

namespace SmartRadio.Mqtt.Broker;

/// <summary>The broker's own figures as retained messages under the names mosquitto made customary.</summary>
internal sealed class SysTopics(BrokerCore core)
{
    private readonly long _startedAt = core.Now;
    private long _dueAt;

    /// <summary>Publishes them when it is time.</summary>
    public void PublishIfDue(long now)
    {
        if (core.Options.SysInterval <= TimeSpan.Zero || now < _dueAt)
        {
            return;
        }

        _dueAt = now + (long)core.Options.SysInterval.TotalMilliseconds;
        var statistics = core.Statistics;
        Publish("version", "SmartRadio " + typeof(SysTopics).Assembly.GetName().Version);
        Publish("uptime", (now - _startedAt) / 1000);
        Publish("clients/connected", core.Connections.Count);
        Publish("clients/total", core.Sessions.Count);
        Publish("subscriptions/count", core.Topics.Count);
        Publish("retained messages/count", core.Retained.Count);
        Publish("messages/received", statistics.MessagesReceived);
        Publish("messages/sent", statistics.MessagesSent);
        Publish("publish/messages/dropped", statistics.MessagesDropped);
        Publish("publish/messages/expired", statistics.MessagesExpired);
        Publish("refused/connections", statistics.ConnectionsRefused);
        Publish("refused/publishes", statistics.PublishesRefused);
        Publish("refused/subscriptions", statistics.SubscriptionsRefused);
        Publish("refused/not told", statistics.RefusalsNotTold);
        Publish("protocol errors", statistics.ProtocolErrors);
        Publish("store/messages/bytes", core.Budget.Queued.Bytes);
    }

    private void Publish(string name, long value) => Publish(name, value.ToString(CultureInfo.InvariantCulture));

    private void Publish(string name, string value) =>
        core.Router.Publish(new Publication("$SYS/broker/" + name, Encoding.UTF8.GetBytes(value)) { Retain = true }, origin: null);
}
