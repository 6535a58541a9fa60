using System.Net;
using System.Net.Sockets;
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

    public static async Task<RawClient> ConnectAsync(int port, MqttProtocolVersion version)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawClient(socket, version);
    }

    public async Task SendAsync(Packet packet)
    {
        var bytes = PacketEncoder.Encode(packet, Version);
        await _socket.SendAsync(bytes.Memory);
        bytes.Release();
    }

    public async Task SendAsync(params byte[] bytes) => await _socket.SendAsync(bytes);

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

    public async Task<SubAckPacket> SubscribeAsync(string filter, MqttQualityOfService quality = MqttQualityOfService.AtMostOnce)
    {
        await SendAsync(new SubscribePacket(1, [new SubscriptionRequest(filter, quality)]));
        return await ReceiveAsync<SubAckPacket>();
    }

    public void Dispose()
    {
        _reader.Release();
        _socket.Dispose();
    }
}
