using SmartRadio.Protocol;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Network;

/// <summary>
/// The broker and the network around it. It is worse than MQTT over TCP allows: messages are lost, doubled and reordered on a
/// line that stays up, too, whatever their quality of service, because nothing the system promises may rest on that.
/// </summary>
internal sealed class Broker(Agenda agenda, Chance chance, Trace trace)
{
    private readonly Dictionary<string, List<Line>> _listeners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _retained = new(StringComparer.Ordinal);

    /// <summary>Sees every message on its way to the broker and may put another in its place.</summary>
    public Func<string, byte[], byte[]> OnTheWay { get; set; } = (_, payload) => payload;

    /// <summary>No session outlives its connection: whoever comes back subscribes anew, and what he missed is not kept.</summary>
    public void Connect(Line line)
    {
        line.IsUp = true;
        line.Connection++;
        foreach (var filter in line.Filters)
        {
            _listeners[filter].Remove(line);
        }

        line.Filters.Clear();
    }

    public void Subscribe(Line line, string filter)
    {
        if (line.Filters.Add(filter))
        {
            if (!_listeners.TryGetValue(filter, out var listeners))
            {
                _listeners[filter] = listeners = [];
            }

            listeners.Add(line);
        }

        foreach (var (topic, payload) in _retained)
        {
            if (topic == filter || FilterOver(topic) == filter)
            {
                Travel(line, topic, payload, retained: true);
            }
        }
    }

    public void Unsubscribe(Line line, string filter)
    {
        if (line.Filters.Remove(filter))
        {
            _listeners[filter].Remove(line);
        }
    }

    /// <summary>An endpoint sends; what its line does to messages happens here too.</summary>
    /// <param name="line">Its line; nothing goes out while it is down.</param>
    /// <param name="topic">Where to.</param>
    /// <param name="payload">The message.</param>
    /// <param name="retain">The broker keeps it.</param>
    public void Publish(Line line, string topic, byte[] payload, bool retain = false)
    {
        if (!line.IsUp)
        {
            return;
        }

        var sent = OnTheWay(topic, payload);
        foreach (var delay in line.Weather.Fate(chance))
        {
            // What was sent is on its way, even when the sender is killed now.
            agenda.At(line.Arrival(delay, outward: true), () => Distribute(topic, sent, retain));
        }
    }

    /// <summary>Puts a message to everyone who listens.</summary>
    public void Distribute(string topic, byte[] payload, bool retain)
    {
        trace.Note(agenda.Now, topic.Length, payload.Length);
        if (retain)
        {
            _retained[topic] = payload;
        }

        Distribute(topic, topic, payload);
        if (FilterOver(topic) is { } filter)
        {
            Distribute(filter, topic, payload);
        }
    }

    private void Distribute(string filter, string topic, byte[] payload)
    {
        foreach (var line in _listeners.GetValueOrDefault(filter) ?? [])
        {
            if (line.IsUp)
            {
                Travel(line, topic, payload, retained: false);
            }
        }
    }

    private void Travel(Line line, string topic, byte[] payload, bool retained)
    {
        var connection = line.Connection;
        foreach (var delay in line.Weather.Fate(chance))
        {
            agenda.At(line.Arrival(delay, outward: false), () =>
            {
                if (line.Connection == connection)
                {
                    line.Endpoint.Receive(topic, payload, retained);
                }
            });
        }
    }

    /// <summary>The one filter with a wildcard that anybody here uses for such a topic.</summary>
    private static string? FilterOver(string topic) =>
        topic.EndsWith("/up", StringComparison.Ordinal) ? Topics.AllUp
        : topic.EndsWith("/here", StringComparison.Ordinal) ? Topics.AllHere
        : Topics.NodeOf(topic) is { } node && topic.Contains("/o/", StringComparison.Ordinal) ? Topics.OwnObjects(node)
        : null;
}
