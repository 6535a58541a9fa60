namespace SmartRadio.Mqtt.Client;

/// <summary>Why a connection ended, or an attempt failed.</summary>
/// <param name="ReasonCode">What the broker said; null when it said nothing.</param>
/// <param name="Reason">The broker's sentence, when it gave one.</param>
/// <param name="Exception">What broke on this side; null when the end was asked for or told by the broker.</param>
public sealed record MqttDisconnected(MqttReasonCode? ReasonCode, string? Reason, Exception? Exception)
{
    /// <summary>Where the broker says to go instead (MQTT 5, 4.13); null when it says nothing. The client does not go there by itself: who answers there is for its host to judge.</summary>
    public string? ServerReference { get; init; }
}
