namespace SmartRadio.Mqtt;

/// <summary>The other side broke the protocol; the connection cannot go on.</summary>
public sealed class MqttProtocolException(MqttReasonCode reasonCode, string message) : Exception(message)
{
    /// <summary>What DISCONNECT (or CONNACK) tells the other side.</summary>
    public MqttReasonCode ReasonCode { get; } = reasonCode;
}

/// <summary>The broker understood a request and refused it.</summary>
public sealed class MqttRefusedException(MqttReasonCode reasonCode, string operation, string? reason = null)
    : Exception(reason is null ? $"The broker refused {operation}: {reasonCode}." : $"The broker refused {operation}: {reasonCode}, {reason.TrimEnd('.')}.")
{
    public MqttReasonCode ReasonCode { get; } = reasonCode;

    /// <summary>Where the broker says to go instead; null when it says nothing.</summary>
    public string? ServerReference { get; init; }
}

/// <summary>The operation needs a connection and there is none.</summary>
public sealed class MqttNotConnectedException() : InvalidOperationException("There is no connection to the MQTT broker.");
