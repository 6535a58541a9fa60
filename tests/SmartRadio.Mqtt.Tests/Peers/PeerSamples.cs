using FsCheck;
using FsCheck.Fluent;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Packets;

namespace SmartRadio.Mqtt.Tests.Peers;

/// <summary>Random packets that are legal to the last reason code, and that mqtt-packet can express.</summary>
internal static class PeerSamples
{
    /// <summary>Reason codes by packet (MQTT 5, 3.4.2.1 and so on).</summary>
    private static readonly Dictionary<PacketType, byte[]> Reasons = new()
    {
        [PacketType.PubAck] = [0, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99],
        [PacketType.PubRec] = [0, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99],
        [PacketType.PubRel] = [0, 0x92],
        [PacketType.PubComp] = [0, 0x92],
        [PacketType.SubAck] = [0, 1, 2, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2],
        [PacketType.UnsubAck] = [0, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91],
        [PacketType.Disconnect] =
        [
            0, 4, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99,
            0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2,
        ],
        [PacketType.Auth] = [0, 0x18, 0x19],
    };

    /// <summary>The same ones at every run.</summary>
    public static IEnumerable<Packet> Of(PacketType type, MqttProtocolVersion version, int count) =>
        Samples.Of(type, version).Sample(50, new Rnd(20_260_101, (ulong)((int)type * 2) + 1), count).Select(p => Legal(p, version));

    private static Packet Legal(Packet packet, MqttProtocolVersion version)
    {
        packet = packet with { Properties = Expressible(packet.Properties) };
        return packet switch
        {
            // A client without a name cannot ask for its old session.
            ConnectPacket { ClientId: "" } connect => connect with { CleanStart = true, Will = Legal(connect.Will) },
            ConnectPacket connect => connect with { Will = Legal(connect.Will) },
            // An alias that was set up before stands for the topic.
            PublishPacket { Properties.TopicAlias: > 30_000 } publish => publish with { Topic = "" },
            AckPacket ack => ack with { ReasonCode = Legal(ack.ReasonCode, ack.Type, version) },
            SubAckPacket ack => ack with { ReasonCodes = [.. ack.ReasonCodes.Select(c => Legal(c, ack.Type, version))] },
            UnsubAckPacket ack => ack with { ReasonCodes = [.. ack.ReasonCodes.Select(c => Legal(c, ack.Type, version))] },
            DisconnectPacket disconnect => disconnect with { ReasonCode = Legal(disconnect.ReasonCode, disconnect.Type, version) },
            AuthPacket auth => auth with
            {
                ReasonCode = Legal(auth.ReasonCode, auth.Type, version),
                Properties = (auth.Properties ?? new PacketProperties()) with { AuthenticationMethod = auth.Properties?.AuthenticationMethod ?? "m" },
            },
            _ => packet,
        };
    }

    private static Will? Legal(Will? will) => will is null ? null : will with { Properties = Expressible(will.Properties) };

    private static MqttReasonCode Legal(MqttReasonCode any, PacketType type, MqttProtocolVersion version) =>
        version == MqttProtocolVersion.V5 ? (MqttReasonCode)Reasons[type][(int)any % Reasons[type].Length] : any;

    /// <summary>mqtt-packet keeps user properties by name: those of one name together, numbers first, empty ones overwritten.</summary>
    private static PacketProperties? Expressible(PacketProperties? properties) => properties is null ? null : properties with
    {
        UserProperties = [.. properties.UserProperties.Select((u, i) => new MqttUserProperty("n" + (i % 3), "v" + u.Value)).OrderBy(u => u.Name, StringComparer.Ordinal)],
    };
}
