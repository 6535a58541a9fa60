namespace SmartRadio.Mqtt.Transport;

/// <summary>Short numbers for the first topics sent to a peer that takes them (MQTT 5, 3.3.2.3.4).</summary>
internal sealed class OutboundAliases(ushort maximum)
{
    /// <summary>Characters of all names together: a peer may take 65,535 of as many bytes each.</summary>
    private const int MaxCharacters = 16 * 1024;

    private readonly Dictionary<string, ushort> _byTopic = new(StringComparer.Ordinal);
    private int _characters;

    /// <summary>The alias of a topic; a new one counts once it is kept; 0 when no more are kept.</summary>
    public (ushort Alias, bool IsNew) Find(string topic)
    {
        if (_byTopic.TryGetValue(topic, out var known))
        {
            return (known, false);
        }

        return _byTopic.Count < maximum && _characters + topic.Length <= MaxCharacters ? ((ushort)(_byTopic.Count + 1), true) : ((ushort)0, false);
    }

    public void Keep(string topic, ushort alias)
    {
        _byTopic.Add(topic, alias);
        _characters += topic.Length;
    }
}
