using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Channel;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Implementations;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>
/// TCP or TLS on which no packet is longer than the node told the broker (<see cref="MqttClientOptions.MaximumPacketSize"/>).
/// MQTTnet has no limit of its own: it makes an array for what is announced, up to 268,435,455 bytes (5.2,
/// MqttChannelAdapter.ReceiveAsync).
/// </summary>
internal sealed class FencedChannel(MqttClientOptions options) : IMqttChannel
{
    private readonly MqttTcpChannel _channel = new(options);

    /// <summary>Bytes of the packet's length that have come; -1 before its first byte.</summary>
    private int _lengthBytes = -1;

    private long _length;

    /// <summary>Bytes that are still to come of the packet whose length is known.</summary>
    private long _left;

    public X509Certificate2 ClientCertificate => _channel.ClientCertificate;

    public EndPoint RemoteEndPoint => _channel.RemoteEndPoint;

    public EndPoint LocalEndPoint => _channel.LocalEndPoint;

    public bool IsSecureConnection => _channel.IsSecureConnection;

    /// <summary>A client whose channels are fenced.</summary>
    public static IMqttClient CreateClient() => new MqttClientFactory().CreateMqttClient(new Factory());

    public Task ConnectAsync(CancellationToken cancellationToken) => _channel.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => _channel.DisconnectAsync(cancellationToken);

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
        _channel.WriteAsync(buffer, isEndOfPacket, cancellationToken);

    /// <exception cref="MqttProtocolViolationException">The packet that begins is longer than it may be.</exception>
    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var read = await _channel.ReadAsync(buffer, offset, count, cancellationToken);
        for (var at = offset; at < offset + read;)
        {
            if (_left > 0)
            {
                var part = (int)Math.Min(_left, offset + read - at);
                _left -= part;
                at += part;
            }
            else
            {
                TakeHeader(buffer[at++]);
            }
        }

        return read;
    }

    public void Dispose() => _channel.Dispose();

    /// <summary>
    /// The first byte of a packet, then up to four of its length, seven bits each, lowest first (MQTT 5, 1.5.5).
    /// </summary>
    private void TakeHeader(byte next)
    {
        if (_lengthBytes < 0)
        {
            (_lengthBytes, _length) = (0, 0);
            return;
        }

        _length |= (long)(next & 0x7F) << (7 * _lengthBytes++);
        if (_length > options.MaximumPacketSize || (_lengthBytes == 4 && next > 0x7F))
        {
            throw new MqttProtocolViolationException($"A packet of more than {options.MaximumPacketSize} bytes is announced.");
        }

        if (next <= 0x7F)
        {
            (_left, _lengthBytes) = (_length, -1);
        }
    }

    private sealed class Factory : IMqttClientAdapterFactory
    {
        public IMqttChannelAdapter CreateClientAdapter(
            MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
        {
            var writer = new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax);
            var formatter = new MqttPacketFormatterAdapter(options.ProtocolVersion, writer);
            return new MqttChannelAdapter(new FencedChannel(options), formatter, logger);
        }
    }
}
