namespace SmartRadio.Mqtt.Packets;

/// <summary>CONNACK's return codes of MQTT 3.1.1 (3.2.2.3) against the reason codes of 5.</summary>
internal static class ConnectReturnCode
{
    public static byte FromReason(MqttReasonCode reason) => reason switch
    {
        MqttReasonCode.Success => 0,
        MqttReasonCode.UnsupportedProtocolVersion => 1,
        MqttReasonCode.ClientIdentifierNotValid => 2,
        MqttReasonCode.BadUserNameOrPassword => 4,
        MqttReasonCode.NotAuthorized or MqttReasonCode.Banned => 5,
        _ => 3,
    };

    public static MqttReasonCode ToReason(byte code) => code switch
    {
        0 => MqttReasonCode.Success,
        1 => MqttReasonCode.UnsupportedProtocolVersion,
        2 => MqttReasonCode.ClientIdentifierNotValid,
        3 => MqttReasonCode.ServerUnavailable,
        4 => MqttReasonCode.BadUserNameOrPassword,
        5 => MqttReasonCode.NotAuthorized,
        _ => throw PacketReader.Malformed($"return code {code} is unknown"),
    };
}
