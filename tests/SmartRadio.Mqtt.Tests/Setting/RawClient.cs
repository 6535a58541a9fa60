using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet.AspNetCore;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Setting;

/// <summary>One side of a connection, byte by byte or packet by packet: it reads and answers only when a test says so.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly MqttPacketFormatterAdapter _format;
    private ushort _lastPacketId;

    private RawClient(Stream stream, MqttProtocolVersion version)
    {
        _stream = stream;
        _reader = PipeReader.Create(stream);
        _format = new MqttPacketFormatterAdapter(version, new MqttBufferWriter(4096, 65536));
    }

    /// <summary>Speaks over a connection that is open already.</summary>
    public static RawClient Over(Stream stream, MqttProtocolVersion version = MqttProtocolVersion.V500) => new(stream, version);

    public static async Task<RawClient> OpenAsync(int port, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        // A small buffer, so that one that does not read is noticed after kilobytes, not megabytes.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawClient(new NetworkStream(socket, ownsSocket: true), version);
    }

    /// <exception cref="IOException">The other side has closed.</exception>
    public async Task SendAsync(params byte[] bytes)
    {
        using var limit = new CancellationTokenSource(Poll.Patience);
        await _stream.WriteAsync(bytes, limit.Token);
    }

    public Task SendAsync(params MqttPacket[] packets) => SendAsync(packets.SelectMany(Encode).ToArray());

    public byte[] Encode(MqttPacket packet) => _format.Encode(packet).ToArray();

    /// <summary>The next packet; null when the other side has closed.</summary>
    /// <exception cref="OperationCanceledException">It is silent.</exception>
    public async Task<MqttPacket?> TryReceiveAsync(TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? Poll.Patience);
        try
        {
            while (true)
            {
                var read = await _reader.ReadAsync(limit.Token);
                if (_format.TryDecode(read.Buffer, out var packet, out var consumed, out var observed, out _))
                {
                    _reader.AdvanceTo(consumed, observed);
                    return packet;
                }

                _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (read.IsCompleted)
                {
                    return null;
                }
            }
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async Task<T> ReceiveAsync<T>()
        where T : MqttPacket => Assert.IsType<T>(await TryReceiveAsync());

    /// <summary>The next bytes as they are.</summary>
    public async Task<byte[]> ReceiveBytesAsync(int count)
    {
        using var limit = new CancellationTokenSource(Poll.Patience);
        var read = await _reader.ReadAtLeastAsync(count, limit.Token);
        var bytes = read.Buffer.Slice(0, Math.Min(count, read.Buffer.Length)).ToArray();
        _reader.AdvanceTo(read.Buffer.GetPosition(bytes.Length));
        return bytes;
    }

    /// <summary>Whatever bytes still come, until the other side closes.</summary>
    /// <exception cref="OperationCanceledException">It does not.</exception>
    public async Task<byte[]> ReceiveBytesUntilClosedAsync()
    {
        using var limit = new CancellationTokenSource(Poll.Patience);
        using var bytes = new MemoryStream();
        try
        {
            await _reader.CopyToAsync(bytes, limit.Token);
        }
        catch (IOException)
        {
            // It did not close softly.
        }

        return bytes.ToArray();
    }

    /// <summary>Whatever still comes, until the other side closes.</summary>
    /// <exception cref="OperationCanceledException">It does not.</exception>
    public async Task<List<MqttPacket>> ReceiveUntilClosedAsync()
    {
        List<MqttPacket> all = [];
        while (await TryReceiveAsync() is { } packet)
        {
            all.Add(packet);
        }

        return all;
    }

    /// <summary>
    /// Waits until the other side has closed without reading anything: what is sent comes back as a reset. It is a packet that
    /// never ends, so it is no sign of life.
    /// </summary>
    public async Task IsResetAsync(TimeSpan? within = null)
    {
        byte[] next = [0x30, 0xE0, 0xD4, 0x03];
        await Poll.UntilAsync("the other side has closed", IsResetNowAsync, within);

        async Task<bool> IsResetNowAsync()
        {
            try
            {
                await _stream.WriteAsync(next);
                next = [0];
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    public async Task<MqttConnAckPacket> SignInAsync(string clientId, Action<MqttConnectPacket>? with = null)
    {
        await SendAsync(Connect(clientId, with));
        return await ReceiveAsync<MqttConnAckPacket>();
    }

    public static MqttConnectPacket Connect(string clientId, Action<MqttConnectPacket>? with = null)
    {
        var connect = new MqttConnectPacket { ClientId = clientId, KeepAlivePeriod = 60, CleanSession = true };
        with?.Invoke(connect);
        return connect;
    }

    /// <summary>Subscribes to one filter; messages that come before the answer are lost.</summary>
    public async Task<MqttSubscribeReasonCode> SubscribeAsync(
        string filter, MqttQualityOfServiceLevel quality = MqttQualityOfServiceLevel.AtMostOnce)
    {
        await SendAsync(Subscribe(filter, quality));
        return (await ReceiveAsync<MqttSubAckPacket>()).ReasonCodes.Single();
    }

    public MqttSubscribePacket Subscribe(
        string filter, MqttQualityOfServiceLevel quality = MqttQualityOfServiceLevel.AtMostOnce) => new()
        {
            PacketIdentifier = ++_lastPacketId,
            TopicFilters = [new MqttTopicFilter { Topic = filter, QualityOfServiceLevel = quality }],
        };

    public MqttPublishPacket Publish(
        string topic, byte[] payload, MqttQualityOfServiceLevel quality = MqttQualityOfServiceLevel.AtMostOnce,
        bool retain = false) => new()
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = quality,
            Retain = retain,
            PacketIdentifier = quality == MqttQualityOfServiceLevel.AtMostOnce ? (ushort)0 : ++_lastPacketId,
        };

    /// <summary>Publishes at QoS 1 and waits for the broker's word.</summary>
    public async Task<MqttPubAckReasonCode> PublishAsync(string topic, string text, bool retain = false)
    {
        await SendAsync(Publish(topic, Encoding.UTF8.GetBytes(text), MqttQualityOfServiceLevel.AtLeastOnce, retain));
        return (await ReceiveAsync<MqttPubAckPacket>()).ReasonCode;
    }

    /// <summary>The next packet is a message with this text.</summary>
    public async Task<MqttPublishPacket> HearsAsync(string text)
    {
        var message = await ReceiveAsync<MqttPublishPacket>();
        Assert.Equal(text, Encoding.UTF8.GetString(message.Payload));
        return message;
    }

    /// <summary>
    /// Nothing comes before a ping is answered. The broker takes in turn what waits and its answers, so what waits comes by the
    /// second.
    /// </summary>
    public async Task HearsNothingAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            await SendAsync(new MqttPingReqPacket());
            await ReceiveAsync<MqttPingRespPacket>();
        }
    }

    public void Dispose() => _stream.Dispose();
}
