using System.Buffers;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Transport;

/// <summary>Cuts what a transport delivers into frames. Holds a buffer only while a packet is under way.</summary>
internal sealed class FrameReader(ByteTransport transport, int maxPacketSize)
{
    private const int FirstCapacity = 16 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;

    /// <summary>True while the beginning of a packet is here and the rest is not.</summary>
    public bool IsInsidePacket => _end > _start;

    /// <summary>Waits for bytes without holding a buffer or a state of its own: most connections are silent most of the time.</summary>
    public ValueTask<int> WaitAsync(CancellationToken cancellationToken) =>
        _buffer is null ? transport.ReceiveAsync(Memory<byte>.Empty, cancellationToken) : default;

    /// <summary>Reads what is there. False is the end of the stream. Frames taken before are invalid afterwards.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var received = await transport.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += received;
        return received > 0;
    }

    /// <summary>Takes the next whole frame out of what was received.</summary>
    public bool TryTake(out Frame frame)
    {
        if (_buffer is null)
        {
            frame = default;
            return false;
        }

        if (Frame.TryRead(_buffer.AsMemory(_start, _end - _start), maxPacketSize, out frame, out var size))
        {
            _start += size;
            return true;
        }

        if (_start == _end)
        {
            Release();
        }

        return false;
    }

    public void Release()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }

        _start = _end = 0;
    }

    /// <summary>The buffer doubles as bytes really arrive; a header's claim alone allocates nothing.</summary>
    private void MakeRoom()
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(FirstCapacity);
            return;
        }

        var held = _end - _start;
        var target = _buffer;
        if (held > _buffer.Length / 2)
        {
            target = ArrayPool<byte>.Shared.Rent(Math.Max(FirstCapacity, held * 2));
        }
        else if (_start == 0)
        {
            return;
        }

        _buffer.AsSpan(_start, held).CopyTo(target);
        if (target != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }

        _start = 0;
        _end = held;
    }
}
