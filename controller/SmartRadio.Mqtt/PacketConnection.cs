using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using MQTTnet.Adapter;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;

namespace SmartRadio.Mqtt;

/// <summary>
/// A connection as MQTTnet sees it, at either end, with the guard that MQTTnet's own adapters lack: they take packets of any
/// length, and its client makes an array for what is announced, up to 268,435,455 bytes (5.2, MqttChannelAdapter.ReceiveAsync).
/// </summary>
/// <param name="connection">Open.</param>
/// <param name="formatter">Knows the version, or learns it from a CONNECT.</param>
/// <param name="patience">How long the other side has, after the end, to take what is left for it.</param>
internal class PacketConnection(ConnectionContext connection, MqttPacketFormatterAdapter formatter, TimeSpan patience)
    : IMqttChannelAdapter, IMqttClientAdapterFactory
{
    private readonly PipeReader _input = connection.Transport.Input;
    private readonly PipeWriter _output = connection.Transport.Output;
    private readonly SemaphoreSlim _writing = new(1);
    private volatile bool _isHeld;

    // Nobody asks for MQTTnet's figures.
    public long BytesReceived => 0;

    public long BytesSent => 0;

    public X509Certificate2? ClientCertificate => null;

    public EndPoint? RemoteEndPoint => connection.RemoteEndPoint;

    public EndPoint? LocalEndPoint => connection.LocalEndPoint;

    public bool IsSecureConnection => false;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => formatter;

    /// <summary>Bytes of the largest packet from the other side, its header not counted.</summary>
    public virtual int MaxPacket { get; init; }

    /// <summary>How long the other side has to take its last packet.</summary>
    protected TimeSpan Patience => patience;

    /// <summary>What is being sent waits until the other side takes some: it may have stopped reading.</summary>
    protected bool IsHeld => _isHeld;

    /// <summary>Ends it without a farewell.</summary>
    public void Abort(string reason) => connection.Abort(new ConnectionAbortedException(reason));

    /// <summary>It is open from the start.</summary>
    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IMqttChannelAdapter CreateClientAdapter(
        MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger) => this;

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        _ = AbortLaterAsync();
        await _input.CompleteAsync();
        // MQTTnet may still be sending.
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            await _output.CompleteAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    public void ResetStatistics()
    {
        // There are none.
    }

    /// <exception cref="MqttCommunicationException">The connection is over, or what came is no packet that may come.</exception>
    public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var read = await _input.ReadAsync(cancellationToken);
                CheckAnnouncedLength(read.Buffer);
                var isWhole = formatter.TryDecode(read.Buffer, out var packet, out var consumed, out var observed, out _);
                _input.AdvanceTo(consumed, observed);
                if (isWhole)
                {
                    await ReceivedAsync(packet, cancellationToken);
                    return packet;
                }

                if (read.IsCompleted)
                {
                    throw new MqttCommunicationException("The other side closed the connection.");
                }
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or MqttCommunicationException or IOException))
        {
            // Whatever the decoder stumbles over is the other side's doing.
            Violated();
            throw new MqttCommunicationException(e.Message, e);
        }
    }

    public async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            Write(packet);
            var flush = _output.FlushAsync(cancellationToken);
            _isHeld = !flush.IsCompleted;
            if ((await flush).IsCompleted)
            {
                throw new MqttCommunicationException("The connection is closed.");
            }
        }
        catch (OperationCanceledException)
        {
            // Over TLS, what a flush left that was torn would be sent again beside it.
            Abort("The other side does not take what it is sent.");
            throw;
        }
        finally
        {
            _isHeld = false;
            _writing.Release();
            Sent(packet);
        }
    }

    public void Dispose() => _ = DisconnectAsync(CancellationToken.None);

    /// <exception cref="MqttProtocolViolationException">It may not come.</exception>
    protected virtual ValueTask ReceivedAsync(MqttPacket packet, CancellationToken cancellationToken) => default;

    /// <summary>What came is no packet that may come.</summary>
    protected virtual void Violated()
    {
    }

    protected virtual void Write(MqttPacket packet)
    {
        var bytes = formatter.Encode(packet);
        _output.Write(bytes.Packet);
        foreach (var part in bytes.Payload)
        {
            _output.Write(part.Span);
        }

        formatter.Cleanup();
    }

    /// <summary>A packet has been sent, or the connection is over.</summary>
    protected virtual void Sent(MqttPacket packet)
    {
    }

    /// <summary>What a reader that does not read has not taken would keep a closed connection for ever.</summary>
    private async Task AbortLaterAsync()
    {
        var closed = connection.ConnectionClosed;
        await Task.Delay(patience, TimeProvider.System, closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Abort("The other side does not take what is left for it.");
    }

    /// <exception cref="MqttProtocolViolationException">The packet that begins is too large (MQTT 5, 2.1.4).</exception>
    private void CheckAnnouncedLength(in ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        reader.Advance(Math.Min(1, buffer.Length));
        long length = 0;
        for (var shift = 0; reader.TryRead(out var part); shift += 7)
        {
            length |= (long)(part & 0x7F) << shift;
            if (length > MaxPacket || (shift == 21 && part > 127))
            {
                throw new MqttProtocolViolationException($"A packet of more than {MaxPacket} bytes is announced.");
            }

            if ((part & 0x80) == 0)
            {
                return;
            }
        }
    }
}
