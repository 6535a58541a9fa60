using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Transport;

namespace SmartRadio.Mqtt.Tests.Surroundings;

/// <summary>Speaks packet by packet, so that a test decides every byte.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;
    private readonly FrameReader _reader;

    private RawClient(Socket socket, MqttProtocolVersion version)
    {
        _socket = socket;
        _reader = new FrameReader(new SocketTransport(socket), 64 * 1024 * 1024);
        Version = version;
    }

    public MqttProtocolVersion Version { get; }

    /// <summary>Speaks over a connection that is open already.</summary>
    public static RawClient Over(Socket socket, MqttProtocolVersion version) => new(socket, version);

    public static async Task<RawClient> ConnectAsync(int port, MqttProtocolVersion version, int? receiveBuffer = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } bytes)
        {
            socket.ReceiveBufferSize = bytes;
        }

        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawClient(socket, version);
    }

    public async Task SendAsync(Packet packet)
    {
        var bytes = PacketEncoder.Encode(packet, Version);
        await _socket.SendAsync(bytes.Memory);
        bytes.Release();
    }

    /// <summary>Sends packets in one piece.</summary>
    public async Task SendTogetherAsync(IEnumerable<Packet> packets)
    {
        var together = new List<byte>();
        foreach (var packet in packets)
        {
            var bytes = PacketEncoder.Encode(packet, Version);
            together.AddRange(bytes.Memory.Span);
            bytes.Release();
        }

        await _socket.SendAsync(together.ToArray());
    }

    public async Task SendAsync(params byte[] bytes) => await _socket.SendAsync(bytes);

    public async Task SendRawAsync(byte[] bytes, CancellationToken cancellationToken) => await _socket.SendAsync(bytes, cancellationToken);

    /// <summary>The next packet, or null when the other side has closed.</summary>
    public async Task<Packet?> TryReceiveAsync(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        Frame frame;
        try
        {
            while (!_reader.TryTake(out frame))
            {
                if (!await _reader.FillAsync(limit.Token))
                {
                    return null;
                }
            }
        }
        catch (SocketException)
        {
            return null;
        }

        var packet = PacketDecoder.Decode(frame, Version);
        return packet is PublishPacket publish ? publish with { Payload = publish.Payload.ToArray() } : packet;
    }

    public async Task<T> ReceiveAsync<T>()
        where T : Packet => Assert.IsType<T>(await TryReceiveAsync());

    /// <summary>True when nothing comes before a ping is answered.</summary>
    public async Task ExpectSilenceAsync()
    {
        await SendAsync(new PingReqPacket());
        await ReceiveAsync<PingRespPacket>();
    }

    public async Task<ConnAckPacket> GreetAsync(string clientId, bool cleanStart = true, uint? sessionExpiry = null, Func<ConnectPacket, ConnectPacket>? with = null)
    {
        var connect = new ConnectPacket(Version, clientId)
        {
            CleanStart = cleanStart,
            Properties = sessionExpiry is { } seconds ? new PacketProperties { SessionExpiryInterval = seconds } : null,
        };
        await SendAsync(with?.Invoke(connect) ?? connect);
        return await ReceiveAsync<ConnAckPacket>();
    }

    /// <summary>Subscribes with any options.</summary>
    public async Task<SubAckPacket> SubscribeAsync(MqttSubscription request, uint? identifier = null)
    {
        await SendAsync(new SubscribePacket(1, [request])
        {
            Properties = identifier is { } number ? new PacketProperties { SubscriptionIdentifiers = [number] } : null,
        });
        return await ReceiveAsync<SubAckPacket>();
    }

    public Task<SubAckPacket> SubscribeAsync(string filter, MqttQualityOfService quality = MqttQualityOfService.AtMostOnce) =>
        SubscribeAsync(new MqttSubscription(filter, quality));

    /// <summary>Publishes; at QoS 1 and 2 the whole exchange.</summary>
    /// <returns>The outcome the broker gave.</returns>
    public async Task<MqttReasonCode> PublishAsync(
        string topic, string text, MqttQualityOfService quality = MqttQualityOfService.AtMostOnce, bool retain = false, PacketProperties? properties = null)
    {
        var packetId = quality == MqttQualityOfService.AtMostOnce ? (ushort)0 : (ushort)77;
        await SendAsync(new PublishPacket(topic, Encoding.UTF8.GetBytes(text), quality, packetId) { Retain = retain, Properties = properties });
        switch (quality)
        {
            case MqttQualityOfService.AtMostOnce:
                return MqttReasonCode.Success;
            case MqttQualityOfService.AtLeastOnce:
                return (await ReceiveAsync<AckPacket>()).ReasonCode;
            default:
                var received = await ReceiveAsync<AckPacket>();
                Assert.Equal(PacketType.PubRec, received.Type);
                await SendAsync(new AckPacket(PacketType.PubRel, packetId));
                Assert.Equal(PacketType.PubComp, (await ReceiveAsync<AckPacket>()).Type);
                return received.ReasonCode;
        }
    }

    /// <summary>The next packet is a message with this text.</summary>
    public async Task<PublishPacket> ExpectAsync(string text)
    {
        var message = await ReceiveAsync<PublishPacket>();
        Assert.Equal(text, Encoding.UTF8.GetString(message.Payload.Span));
        return message;
    }

    /// <summary>The broker says farewell with this reason and closes.</summary>
    public async Task ExpectFarewellAsync(MqttReasonCode reason)
    {
        Assert.Equal(reason, (await ReceiveAsync<DisconnectPacket>()).ReasonCode);
        Assert.Null(await TryReceiveAsync());
    }

    public void Dispose()
    {
        _reader.Release();
        _socket.Dispose();
    }
}
