using System.Diagnostics.CodeAnalysis;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Client;

/// <summary>QoS 1 and 2 messages until the broker has acknowledged them, over reconnects, bounded in bytes.</summary>
internal sealed class PendingPublishes(int maxBytes, PacketIds ids)
{
    private const int MessageCost = 256;

    /// <summary>Leaves packet identifiers to subscriptions (of 65,535).</summary>
    private const int MaxUnderWay = 60_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<Pending> _order = new();
    private readonly Dictionary<ushort, LinkedListNode<Pending>> _sent = [];

    /// <summary>The next to send, or to send again, on the connection of the moment.</summary>
    private LinkedListNode<Pending>? _next;

    /// <summary>Begun on the connection of the moment and not done with.</summary>
    private int _underWay;
    private bool _isClosed;
    private bool _hasBegun;

    /// <summary>
    /// The session is that of an earlier process, whose QoS 2 exchanges may have been cut off at any identifier: a new message under one
    /// of these would be swallowed as a repetition. So each QoS 2 message has its identifier released before it is sent. That costs a
    /// round trip, for all alike so that they stay in order, and keeps what the broker holds for us, as a clean start would not.
    /// </summary>
    private bool _isInherited;
    private long _bytes;
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds a message when there is room.</summary>
    /// <param name="message">At QoS 1 or 2.</param>
    /// <param name="size">Bytes of its packet.</param>
    /// <param name="done">Completes when it is acknowledged.</param>
    public bool TryAdd(MqttMessage message, long size, [NotNullWhen(true)] out Task? done)
    {
        lock (_gate)
        {
            var cost = MessageCost + size;
            if (_isClosed || (_bytes > 0 && _bytes + cost > maxBytes))
            {
                done = null;
                return false;
            }

            _bytes += cost;
            var node = _order.AddLast(new Pending(message, size));
            _next ??= node;
            done = node.Value.Done.Task;
            return true;
        }
    }

    /// <summary>Completes when a message has been done with, and is cancelled with all the rest.</summary>
    public Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _room.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The next message to send, or to send again, while fewer than the broker's maximum are under way. What this broker does not take ends here.</summary>
    public Packet? StartNext(BrokerTerms terms)
    {
        lock (_gate)
        {
            while (_next is { } node)
            {
                if (!node.Value.IsUnderWay)
                {
                    if (_underWay >= Math.Min(terms.ReceiveMaximum, MaxUnderWay))
                    {
                        return null;
                    }

                    // The broker that has come back may take less than before.
                    if (terms.Refusal(node.Value.Message, node.Value.Size) is { } refusal)
                    {
                        Finish(node, refusal);
                        continue;
                    }

                    _next = node.Next;
                    return Start(node);
                }

                _next = node.Next;
            }

            return null;
        }
    }

    /// <summary>A connection is up: what was not acknowledged will be sent again, and when the broker lost the session all begins anew.</summary>
    /// <returns>What to send first: of messages the broker has received it wants only the release, however few others it takes.</returns>
    public List<Packet> Resume(BrokerTerms terms)
    {
        lock (_gate)
        {
            _isInherited = terms.SessionPresent && (_isInherited || !_hasBegun);
            _hasBegun = true;
            if (!terms.SessionPresent)
            {
                BeginAnew();
            }

            _next = _order.First;
            _underWay = 0;
            foreach (var pending in _order)
            {
                pending.IsUnderWay = pending.IsReceived;
                _underWay += pending.IsReceived ? 1 : 0;
            }

            return [.. _order.Where(p => p.IsReceived).Select(p => p.ToPacket(duplicate: true))];
        }
    }

    /// <summary>Handles PUBACK, PUBREC and PUBCOMP.</summary>
    /// <returns>What to answer, if anything.</returns>
    public Packet? Acknowledge(AckPacket ack)
    {
        lock (_gate)
        {
            // A PUBCOMP can only say that the broker has done with the message already, which is no failure (MQTT 5, 3.7.2.1).
            var failed = ack.Type != PacketType.PubComp && ack.ReasonCode >= MqttReasonCode.UnspecifiedError;
            if (!_sent.TryGetValue(ack.PacketId, out var node))
            {
                return ack.Type == PacketType.PubRec && !failed
                    ? new AckPacket(PacketType.PubRel, ack.PacketId, MqttReasonCode.PacketIdentifierNotFound)
                    : null;
            }

            if (ack.Type == PacketType.PubComp && node.Value.IsClearing)
            {
                node.Value.IsClearing = false;
                return node.Value.ToPacket(duplicate: false);
            }

            if (ack.Type == PacketType.PubRec && !failed)
            {
                node.Value.IsReceived = true;
                MarkUnderWay(node.Value);
                return new AckPacket(PacketType.PubRel, ack.PacketId);
            }

            Finish(node, failed ? new MqttRefusedException(ack.ReasonCode, $"the message to {node.Value.Message.Topic}", ack.Properties?.ReasonString) : null);
            return null;
        }
    }

    /// <summary>Takes nothing more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    /// <summary>Gives all up, for good.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (var pending in _order)
            {
                pending.Done.TrySetCanceled();
            }

            _order.Clear();
            _sent.Clear();
            _next = null;
            _bytes = 0;
            // Nor will there be room again.
            _room.TrySetCanceled();
        }
    }

    private Packet Start(LinkedListNode<Pending> node)
    {
        var pending = node.Value;
        MarkUnderWay(pending);
        if (pending.PacketId != 0)
        {
            return pending.ToPacket(duplicate: true);
        }

        pending.IsClearing = _isInherited && pending.Message.QualityOfService == MqttQualityOfService.ExactlyOnce;
        pending.PacketId = ids.Take();
        _sent.Add(pending.PacketId, node);
        return pending.ToPacket(duplicate: false);
    }

    private void MarkUnderWay(Pending pending)
    {
        _underWay += pending.IsUnderWay ? 0 : 1;
        pending.IsUnderWay = true;
    }

    private void BeginAnew()
    {
        // A message the broker had received already is done: sending it anew would make it arrive twice.
        foreach (var node in _sent.Values.Where(n => n.Value.IsReceived).ToList())
        {
            Finish(node, refusal: null);
        }

        foreach (var node in _sent.Values)
        {
            ids.Free(node.Value.PacketId);
            node.Value.PacketId = 0;
            node.Value.IsClearing = false;
        }

        _sent.Clear();
    }

    private void Finish(LinkedListNode<Pending> node, MqttRefusedException? refusal)
    {
        var pending = node.Value;
        _next = ReferenceEquals(_next, node) ? node.Next : _next;
        _underWay -= pending.IsUnderWay ? 1 : 0;
        _sent.Remove(pending.PacketId);
        ids.Free(pending.PacketId);
        _order.Remove(node);
        _bytes -= MessageCost + pending.Size;
        _room.TrySetResult();
        _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (refusal is null)
        {
            pending.Done.TrySetResult();
        }
        else
        {
            pending.Done.TrySetException(refusal);
        }
    }

    private sealed class Pending(MqttMessage message, long size)
    {
        public MqttMessage Message { get; } = message;

        public long Size { get; } = size;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ushort PacketId { get; set; }

        public bool IsUnderWay { get; set; }

        /// <summary>The broker is asked to release the identifier first, whatever it was of.</summary>
        public bool IsClearing { get; set; }

        public bool IsReceived { get; set; }

        public Packet ToPacket(bool duplicate)
        {
            if (IsReceived || IsClearing)
            {
                return new AckPacket(PacketType.PubRel, PacketId);
            }

            return MessagePackets.ToPublish(Message, PacketId, duplicate);
        }
    }
}
