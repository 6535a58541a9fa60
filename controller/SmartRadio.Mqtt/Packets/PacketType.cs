namespace SmartRadio.Mqtt.Packets;

/// <summary>The upper half of a packet's first byte (MQTT 5, 2.1.2).</summary>
internal enum PacketType : byte
{
    /// <summary>No packet: the properties of a will inside CONNECT.</summary>
    Will = 0,
    Connect = 1,
    ConnAck,
    Publish,
    PubAck,
    PubRec,
    PubRel,
    PubComp,
    Subscribe,
    SubAck,
    Unsubscribe,
    UnsubAck,
    PingReq,
    PingResp,
    Disconnect,
    Auth,
}
