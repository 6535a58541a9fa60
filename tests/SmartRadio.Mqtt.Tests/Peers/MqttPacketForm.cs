using System.Text.Json.Nodes;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Tests.Peers;

/// <summary>A packet as npm's mqtt-packet describes it: its field names, its ways of leaving things out.</summary>
internal static class MqttPacketForm
{
    public static JsonObject Of(Packet packet, MqttProtocolVersion version)
    {
        var isV5 = version == MqttProtocolVersion.V5;
        var form = new JsonObject { ["cmd"] = packet.Type.ToString().ToLowerInvariant() };
        if (PropertiesOf(packet.Properties) is { } properties)
        {
            form["properties"] = properties;
        }

        switch (packet)
        {
            case ConnectPacket connect:
                Connect(form, connect);
                break;
            case ConnAckPacket ack:
                form["sessionPresent"] = ack.SessionPresent;
                form[isV5 ? "reasonCode" : "returnCode"] = isV5 ? (int)ack.ReasonCode : ConnectReturnCode.FromReason(ack.ReasonCode);
                break;
            case PublishPacket publish:
                Publish(form, publish);
                break;
            case AckPacket ack:
                form["messageId"] = ack.PacketId;
                Reason(form, ack.ReasonCode, isV5);
                break;
            case SubscribePacket subscribe:
                form["messageId"] = subscribe.PacketId;
                form["subscriptions"] = new JsonArray([.. subscribe.Subscriptions.Select(s => Subscription(s, isV5))]);
                break;
            case SubAckPacket ack:
                form["messageId"] = ack.PacketId;
                form["granted"] = Codes(ack.ReasonCodes);
                break;
            case UnsubscribePacket unsubscribe:
                form["messageId"] = unsubscribe.PacketId;
                form["unsubscriptions"] = new JsonArray([.. unsubscribe.Filters.Select(f => (JsonNode)f)]);
                break;
            case UnsubAckPacket ack:
                form["messageId"] = ack.PacketId;
                if (isV5)
                {
                    form["granted"] = Codes(ack.ReasonCodes);
                }

                break;
            case DisconnectPacket disconnect:
                Reason(form, disconnect.ReasonCode, isV5);
                break;
            case AuthPacket auth:
                Reason(form, auth.ReasonCode, isV5);
                break;
            default:
                Assert.True(packet is PingReqPacket or PingRespPacket, $"{packet.Type} has no form.");
                break;
        }

        return form;
    }

    private static void Connect(JsonObject form, ConnectPacket packet)
    {
        form["protocolId"] = "MQTT";
        form["protocolVersion"] = (int)packet.Version;
        form["clean"] = packet.CleanStart;
        form["keepalive"] = packet.KeepAlive;
        form["clientId"] = packet.ClientId;
        Add(form, "username", packet.UserName);
        Add(form, "password", Hex(packet.Password));
        if (packet.Will is { } will)
        {
            var described = new JsonObject
            {
                ["topic"] = will.Topic,
                ["payload"] = Hex(will.Payload),
                ["qos"] = (int)will.QualityOfService,
                ["retain"] = will.Retain,
            };
            Add(described, "properties", PropertiesOf(will.Properties));
            form["will"] = described;
        }
    }

    private static void Publish(JsonObject form, PublishPacket packet)
    {
        form["topic"] = packet.Topic;
        form["payload"] = Hex(packet.Payload);
        form["qos"] = (int)packet.QualityOfService;
        form["retain"] = packet.Retain;
        form["dup"] = packet.Duplicate;
        if (packet.QualityOfService != MqttQualityOfService.AtMostOnce)
        {
            form["messageId"] = packet.PacketId;
        }
    }

    private static JsonObject Subscription(MqttSubscription request, bool isV5)
    {
        var form = new JsonObject { ["topic"] = request.Filter, ["qos"] = (int)request.QualityOfService };
        if (isV5)
        {
            form["nl"] = request.NoLocal;
            form["rap"] = request.RetainAsPublished;
            form["rh"] = (int)request.RetainHandling;
        }

        return form;
    }

    private static JsonObject? PropertiesOf(PacketProperties? p)
    {
        var form = new JsonObject();
        if (p is not null)
        {
            Add(form, "payloadFormatIndicator", p.PayloadIsText);
            Add(form, "messageExpiryInterval", p.MessageExpiryInterval);
            Add(form, "contentType", p.ContentType);
            Add(form, "responseTopic", p.ResponseTopic);
            Add(form, "correlationData", Hex(p.CorrelationData));
            Add(form, "subscriptionIdentifier", OneOrMany([.. p.SubscriptionIdentifiers.Select(i => (JsonNode)i)]));
            Add(form, "sessionExpiryInterval", p.SessionExpiryInterval);
            Add(form, "assignedClientIdentifier", p.AssignedClientIdentifier);
            Add(form, "serverKeepAlive", p.ServerKeepAlive);
            Add(form, "authenticationMethod", p.AuthenticationMethod);
            Add(form, "authenticationData", Hex(p.AuthenticationData));
            Add(form, "requestProblemInformation", p.RequestProblemInformation);
            Add(form, "willDelayInterval", p.WillDelayInterval);
            Add(form, "requestResponseInformation", p.RequestResponseInformation);
            Add(form, "responseInformation", p.ResponseInformation);
            Add(form, "serverReference", p.ServerReference);
            Add(form, "reasonString", p.ReasonString);
            Add(form, "receiveMaximum", p.ReceiveMaximum);
            Add(form, "topicAliasMaximum", p.TopicAliasMaximum);
            Add(form, "topicAlias", p.TopicAlias);
            Add(form, "maximumQoS", p.MaximumQoS);
            Add(form, "retainAvailable", p.RetainAvailable);
            Add(form, "maximumPacketSize", p.MaximumPacketSize);
            Add(form, "wildcardSubscriptionAvailable", p.WildcardSubscriptionAvailable);
            Add(form, "subscriptionIdentifiersAvailable", p.SubscriptionIdentifiersAvailable);
            Add(form, "sharedSubscriptionAvailable", p.SharedSubscriptionAvailable);
            var user = new JsonObject();
            foreach (var values in p.UserProperties.GroupBy(u => u.Name, u => (JsonNode)u.Value))
            {
                user[values.Key] = OneOrMany([.. values]);
            }

            Add(form, "userProperties", user.Count > 0 ? user : null);
        }

        return form.Count > 0 ? form : null;
    }

    private static void Add(JsonObject form, string name, JsonNode? value)
    {
        if (value is not null)
        {
            form[name] = value;
        }
    }

    private static void Reason(JsonObject form, MqttReasonCode code, bool isV5) => Add(form, "reasonCode", isV5 ? (int)code : null);

    private static JsonArray Codes(IEnumerable<MqttReasonCode> codes) => new([.. codes.Select(c => (JsonNode)(int)c)]);

    private static JsonNode? OneOrMany(JsonNode[] values) => values.Length switch
    {
        0 => null,
        1 => values[0],
        _ => new JsonArray(values),
    };

    private static JsonObject? Hex(ReadOnlyMemory<byte>? bytes) =>
        bytes is { } known ? new JsonObject { ["$hex"] = Convert.ToHexStringLower(known.Span) } : null;
}
