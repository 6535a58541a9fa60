using System.Buffers;

namespace SmartRadio.Mqtt.Packets;

/// <summary>Which reason codes each packet may carry (MQTT 5, table 2-6; for 3.1.1 the codes of its SUBACK, 3.9.3).</summary>
internal static class ReasonCodeTable
{
    private static readonly SearchValues<byte> ConnAck = SearchValues.Create(
        [0x00, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90, 0x95, 0x97, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9F]);

    private static readonly SearchValues<byte> Taken = SearchValues.Create([0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99]);
    private static readonly SearchValues<byte> Released = SearchValues.Create([0x00, 0x92]);
    private static readonly SearchValues<byte> SubAck = SearchValues.Create([0x00, 0x01, 0x02, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2]);
    private static readonly SearchValues<byte> SubAck311 = SearchValues.Create([0x00, 0x01, 0x02, 0x80]);
    private static readonly SearchValues<byte> UnsubAck = SearchValues.Create([0x00, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91]);

    private static readonly SearchValues<byte> Disconnect = SearchValues.Create(
    [
        0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8B, 0x8C, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B,
        0x9C, 0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2,
    ]);

    private static readonly SearchValues<byte> Auth = SearchValues.Create([0x00, 0x18, 0x19]);

    /// <summary>Reads a code.</summary>
    /// <exception cref="MqttProtocolException">The packet does not carry that one.</exception>
    public static MqttReasonCode Read(ref PacketReader reader, PacketType carrier, MqttProtocolVersion version)
    {
        var code = reader.ReadByte();
        return Of(carrier, version).Contains(code)
            ? (MqttReasonCode)code
            : throw PropertyCodec.Illegal($"{carrier} does not carry reason code 0x{code:X2}.");
    }

    /// <summary>Whether a packet of MQTT 5 may carry a code.</summary>
    public static bool Has(PacketType carrier, MqttReasonCode code) => Of(carrier, MqttProtocolVersion.V5).Contains((byte)code);

    private static SearchValues<byte> Of(PacketType carrier, MqttProtocolVersion version) => carrier switch
    {
        PacketType.ConnAck => ConnAck,
        PacketType.PubAck or PacketType.PubRec => Taken,
        PacketType.PubRel or PacketType.PubComp => Released,
        PacketType.SubAck => version == MqttProtocolVersion.V5 ? SubAck : SubAck311,
        PacketType.UnsubAck => UnsubAck,
        PacketType.Disconnect => Disconnect,
        _ => Auth,
    };
}
