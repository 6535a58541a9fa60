namespace SmartRadio.Mqtt.Transport;

/// <summary>The names a peer's short numbers stand for (MQTT 5, 3.3.2.3.4).</summary>
/// <param name="maximum">The highest number it was told it may use.</param>
internal sealed class InboundAliases(ushort maximum)
{
    /// <summary>Characters of all names together; each alone may have 65,535.</summary>
    private const int MaxCharacters = 128 * 1024;

    private readonly Dictionary<ushort, string> _topics = [];
    private int _characters;

    /// <summary>The name a message goes under.</summary>
    /// <param name="alias">1 or more.</param>
    /// <param name="topic">Sets the alias; empty uses it.</param>
    /// <exception cref="MqttProtocolException">The alias is too high or was never set, or the names are too much to remember.</exception>
    public string Resolve(ushort alias, string topic)
    {
        if (alias > maximum)
        {
            throw new MqttProtocolException(MqttReasonCode.TopicAliasInvalid, $"Topic alias {alias} is above the maximum.");
        }

        if (topic.Length == 0)
        {
            return _topics.TryGetValue(alias, out var set)
                ? set
                : throw new MqttProtocolException(MqttReasonCode.ProtocolError, $"Topic alias {alias} was never set.");
        }

        _characters += topic.Length - (_topics.GetValueOrDefault(alias)?.Length ?? 0);
        return _characters <= MaxCharacters
            ? _topics[alias] = topic
            : throw new MqttProtocolException(MqttReasonCode.QuotaExceeded, "The names of the topic aliases are too long to be remembered.");
    }
}
