using System.Net.WebSockets;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <content>How a connection ends, and what the client is told.</content>
internal sealed partial class BrokerConnection
{
    /// <summary>Bytes of a CONNACK that says nothing but its code.</summary>
    private const int BareConnAck = 5;

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    /// <summary>So long a client that comes anew waits at most for what its earlier connection still has to hear.</summary>
    private static readonly TimeSpan VacatingTime = TimeSpan.FromSeconds(1);

    /// <summary>Stands for every connection that is over.</summary>
    private static readonly TaskCompletionSource Vacated = Completed();

    private int _closing;
    private TaskCompletionSource? _vacated;
    private int _signsSeen;

    /// <summary>Ends the connection from the broker's side; MQTT 5 clients are told why.</summary>
    public void Close(MqttReasonCode reason)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
        {
            return;
        }

        if (Session is not null && Version == MqttProtocolVersion.V5)
        {
            Send(new DisconnectPacket(reason));
        }

        _ = BreakAfterFarewellAsync();
    }

    /// <summary>
    /// The same client has come anew: reads what had arrived before, then leaves the session. A client that says farewell and is
    /// back at once has said farewell, though its new connection may be looked at first.
    /// </summary>
    /// <returns>Completes when the session is left; after a second even so, when this connection is not done.</returns>
    public async Task VacateAsync()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var vacated = Interlocked.CompareExchange(ref _vacated, mine, null) ?? mine;
        if (_transport.TryStopReceiving())
        {
            await vacated.Task.WaitAsync(VacatingTime, _core.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The client said farewell itself.</summary>
    public void CloseQuietly() => Interlocked.Exchange(ref _closing, 1);

    public void CloseIfOverdue(long now)
    {
        _queue.TrimIfSilent();
        if (_waitsForStore)
        {
            Volatile.Write(ref _lastPacketAt, now);
        }

        if (_isHandling && unchecked(_queue.Sends + _transport.Unread) is var signs && signs != _signsSeen)
        {
            // While it is not read, for what it asked is more than it can take at once, what it takes and sends shows that it is there.
            _signsSeen = signs;
            Volatile.Write(ref _lastPacketAt, now);
        }

        var silence = now - Volatile.Read(ref _lastPacketAt);
        if (Session is null)
        {
            if (silence > _core.Options.ConnectTimeout.TotalMilliseconds)
            {
                _transport.Dispose();
            }
        }
        else if (KeepAliveLimit != 0 && silence > KeepAliveLimit)
        {
            Close(MqttReasonCode.KeepAliveTimeout);
        }
        else if (!_isHandling && Volatile.Read(ref _insidePacketSince) is var since and not 0 && now - since > _core.Options.PacketTimeout.TotalMilliseconds)
        {
            Close(MqttReasonCode.MessageRateTooHigh);
        }
    }

    /// <summary>The one who broke the protocol is told how, if it can understand.</summary>
    private void Refuse(MqttProtocolException error)
    {
        if (Session is null)
        {
            if (error.ReasonCode == MqttReasonCode.UnsupportedProtocolVersion)
            {
                _core.Refusals.Connect("", null, RemoteEndPoint, error.ReasonCode);
            }

            if ((error.ReasonCode == MqttReasonCode.UnsupportedProtocolVersion || Version == MqttProtocolVersion.V5) && MaximumPacketSize >= BareConnAck)
            {
                Send(new ConnAckPacket(false, error.ReasonCode));
            }
        }
        else if (Version == MqttProtocolVersion.V5 && Interlocked.Exchange(ref _closing, 1) == 0)
        {
            Send(new DisconnectPacket(error.ReasonCode) { Properties = ReasonFor(error.Message, MaximumPacketSize) });
        }
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private async Task EndAsync()
    {
        try
        {
            if (_vacated is not null)
            {
                Close(MqttReasonCode.SessionTakenOver);
            }

            if (Session is not null)
            {
                _core.Sessions.Leave(this);
            }

            Will = null;
        }
        finally
        {
            // Last of what concerns others: whoever stops the broker closes the store once nobody is left.
            _core.Connections.Remove(this);
            (Interlocked.CompareExchange(ref _vacated, Vacated, null) ?? Vacated).TrySetResult();
            await SayFarewellAsync();
            _queue.Close();
            _transport.Dispose();
            _reader.Release();
        }
    }

    private async Task SayFarewellAsync()
    {
        using var limit = new CancellationTokenSource(FarewellTime, _core.Time);
        try
        {
            await _queue.WaitUntilAtMostAsync(0, limit.Token);
            await _transport.EndAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or WebSocketException or ObjectDisposedException)
        {
            // It does not read any more, or is gone.
        }
    }

    private async Task BreakAfterFarewellAsync()
    {
        await SayFarewellAsync();
        _queue.Close();
        _transport.Dispose();
    }
}
