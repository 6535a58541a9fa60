namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>Why a publish or a subscription was refused, for whoever reads the client's log (MQTT 5, 3.4.2.2.2 and 3.9.2.1.2).</summary>
internal static class RefusalSentence
{
    /// <returns>Null when nothing was refused.</returns>
    public static string? Of(MqttReasonCode outcome) => outcome switch
    {
        MqttReasonCode.NotAuthorized => "This client may not use that topic.",
        MqttReasonCode.TopicFilterInvalid => "The filter is not well formed, or has too many levels.",
        MqttReasonCode.QuotaExceeded => "The broker keeps no more of these; remove some first.",
        MqttReasonCode.PayloadFormatInvalid => "The payload is declared to be UTF-8 text and is not.",
        MqttReasonCode.PacketIdentifierNotFound => "Nothing is under way with that packet identifier.",
        _ => null,
    };
}
