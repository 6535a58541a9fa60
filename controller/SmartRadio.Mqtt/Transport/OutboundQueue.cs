using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Transport;

/// <summary>
/// What waits to be sent on one connection, bounded in bytes. Whoever has something to send only appends; a thread of the
/// pool writes all that has gathered with one vectored send. No lock is held while sending.
/// </summary>
/// <param name="transport">Where it goes; broken when a send fails.</param>
/// <param name="maxBytes">Bound of the queue. A packet is always taken when nothing waits.</param>
/// <param name="time">Tells when a message has expired.</param>
internal sealed class OutboundQueue(ByteTransport transport, Func<int> maxBytes, TimeProvider time) : IThreadPoolWorkItem
{
    /// <summary>After so many bytes others have a turn: the first frame of a burst reaches everybody early.</summary>
    private const int FirstTurn = 8 * 1024;

    /// <summary>A connection that has more to send is given so much from its second turn on: few large sends cost less than many small ones.</summary>
    private const int LaterTurn = 128 * 1024;

    private const int RingKept = 64;

    /// <summary>The transport is nobody else's, and ten thousand locks of their own would be no small matter.</summary>
    private readonly ByteTransport _transport = transport;
    private SegmentRing _ring;
    private int _bytes;
    private int _turn = FirstTurn;
    private int _sends;
    private bool _sending;
    private bool _closed;
    private bool _usedLately;
    private TaskCompletionSource? _room;

    /// <summary>Bytes waiting, with what their entries cost.</summary>
    public int Bytes => Volatile.Read(ref _bytes);

    /// <summary>Grows with every send that the other side had room for.</summary>
    public int Sends => Volatile.Read(ref _sends);

    /// <summary>Nothing is taken any more.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Appends a packet unless the bound is reached. Takes over one reference when it returns true.</summary>
    public bool TryEnqueue(SharedBuffer packet) => TryEnqueue(packet, default);

    /// <summary>As <see cref="TryEnqueue(SharedBuffer)"/> for a packet whose payload lies apart; takes over one reference to each.</summary>
    public bool TryEnqueue(SharedBuffer head, in Segment payload)
    {
        lock (_transport)
        {
            if (_closed || (_bytes > 0 && _bytes + head.Length + payload.Length > maxBytes()))
            {
                return false;
            }

            Append(new Segment(head));
            if (payload.Length > 0)
            {
                Append(payload);
            }
        }

        return true;
    }

    /// <summary>Appends a packet that must not be dropped; its sender bounds how many there are. Takes over the reference.</summary>
    public void Enqueue(SharedBuffer packet) => Enqueue(packet, default);

    /// <summary>As <see cref="Enqueue(SharedBuffer)"/> for a packet whose payload lies apart.</summary>
    public void Enqueue(SharedBuffer head, in Segment payload)
    {
        lock (_transport)
        {
            if (!_closed)
            {
                Append(new Segment(head));
                if (payload.Length > 0)
                {
                    Append(payload);
                }

                return;
            }
        }

        head.Release();
        payload.Buffer?.Release();
    }

    /// <summary>Completes when at most so many bytes wait, or the queue is closed.</summary>
    public async Task WaitUntilAtMostAsync(int bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_transport)
            {
                if (_closed || _bytes <= bytes)
                {
                    return;
                }

                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Called now and then: gives back the ring of a connection that was silent since the last call.</summary>
    public void TrimIfSilent()
    {
        lock (_transport)
        {
            if (!_usedLately)
            {
                _ring.TrimWhenEmpty(0);
            }

            _usedLately = false;
        }
    }

    /// <summary>Takes nothing more and drops what waits.</summary>
    public void Close()
    {
        lock (_transport)
        {
            _closed = true;
            while (_ring.Count > 0)
            {
                _ring.Dequeue().Buffer.Release();
            }

            _ring.TrimWhenEmpty(0);
            _bytes = 0;
            WakeWaiters();
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = SendTurnAsync();

    private void Append(in Segment segment)
    {
        _usedLately = true;
        _ring.Enqueue(segment);
        _bytes += segment.Cost;
        if (!_sending)
        {
            _sending = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private async Task SendTurnAsync()
    {
        var batch = SendBatch.Rent();
        try
        {
            if (TakeTurn(batch))
            {
                await _transport.SendAsync(batch);
                if (EndTurn(batch))
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                }
            }
        }
        catch (Exception)
        {
            // Whatever it was: what waits will never be sent, and nobody may wait for it.
            Close();
            _transport.Dispose();
        }
        finally
        {
            SendBatch.Return(batch);
        }
    }

    private bool TakeTurn(SendBatch batch)
    {
        lock (_transport)
        {
            _bytes -= _ring.MoveInto(batch, _turn, time);
            _sending = batch.Length > 0;
            if (!_sending)
            {
                WakeWaiters();
            }

            return _sending;
        }
    }

    /// <summary>Whether more waits.</summary>
    private bool EndTurn(SendBatch batch)
    {
        lock (_transport)
        {
            if (_closed)
            {
                return false;
            }

            _sends++;
            _bytes -= batch.Cost;
            _sending = _ring.Count > 0;
            _turn = _sending ? LaterTurn : FirstTurn;
            if (!_sending)
            {
                _ring.TrimWhenEmpty(RingKept);
            }

            WakeWaiters();
            return _sending;
        }
    }

    private void WakeWaiters()
    {
        _room?.TrySetResult();
        _room = null;
    }
}
