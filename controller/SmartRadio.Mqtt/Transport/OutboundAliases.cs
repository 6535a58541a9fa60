namespace SmartRadio.Mqtt.Transport;

/// <summary>Short numbers for the first topics sent to a peer that takes them (MQTT 5, 3.3.2.3.4).</summary>
internal sealed class OutboundAliases(ushort maximum)
{
    private readonly Dictionary<string, ushort> _byTopic = new(StringComparer.Ordinal);

    /// <summary>The alias of a topic; a new one counts once it is kept; 0 when all are taken.</summary>
    public (ushort Alias, bool IsNew) Find(string topic)
    {
        if (_byTopic.TryGetValue(topic, out var known))
        {
            return (known, false);
        }

        return _byTopic.Count < maximum ? ((ushort)(_byTopic.Count + 1), true) : ((ushort)0, false);
    }

    public void Keep(string topic, ushort alias) => _byTopic.Add(topic, alias);
}
