using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Tests.Bench;

internal sealed record Sent(string Topic, byte[] Payload, bool Retain);

/// <summary>Collects what the node sends and hands it to whoever listens.</summary>
internal sealed class BenchLink : ILink
{
    public HashSet<string> Filters { get; } = new(StringComparer.Ordinal);

    public List<Sent> Sent { get; } = [];

    public Action<string, byte[]> Listener { get; set; } = (_, _) => { };

    public void Publish(string topic, byte[] payload, bool atLeastOnce, bool retain)
    {
        Sent.Add(new Sent(topic, payload, retain));
        Listener(topic, payload);
    }

    public void Subscribe(string filter, bool atLeastOnce) => Filters.Add(filter);

    public void Unsubscribe(string filter) => Filters.Remove(filter);
}
