using System.Buffers;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Microsoft.Extensions.ObjectPool;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Transport;

/// <summary>Segments on their way to one transport, and the socket operation that carries them. Pooled: only those who are sending have one.</summary>
internal sealed class SendBatch : SocketAsyncEventArgs, IValueTaskSource, IResettable
{
    private static readonly ObjectPool<SendBatch> Pool = new DefaultObjectPoolProvider { MaximumRetained = 256 }.Create<SendBatch>();

    /// <summary>.NET's sockets pin so many buffers without an array for it; each further one would cost an allocation a message.</summary>
    private const int MaxBuffers = 8;

    /// <summary>Copying so few bytes next to each other costs less than a buffer of their own does in the send.</summary>
    private const int SmallSegment = 512;

    private const int GatheredCapacity = 16 * 1024;

    private readonly List<SharedBuffer> _held = new(MaxBuffers);
    private readonly List<ArraySegment<byte>> _bytes = new(MaxBuffers);
    private ManualResetValueTaskSourceCore<bool> _completion;
    private byte[]? _gathered;
    private int _gatheredLength;

    /// <summary>For the pool; see <see cref="Rent"/>.</summary>
    public SendBatch()
        : base(true)
    {
    }

    /// <summary>Sum of the segments' lengths.</summary>
    public int Length { get; private set; }

    /// <summary>What the segments count in their queue.</summary>
    public int Cost { get; private set; }

    private bool EndsGathered => _bytes.Count > 0 && _bytes[^1].Array == _gathered;

    public static SendBatch Rent() => Pool.Get();

    public static void Return(SendBatch batch) => Pool.Return(batch);

    public bool HasRoomFor(in Segment segment) => _bytes.Count < MaxBuffers || (EndsGathered && CanGather(segment));

    /// <summary>Takes over the segment's reference.</summary>
    /// <param name="segment">Bytes to send.</param>
    /// <param name="cost">What it counted in its queue, where it may have been another buffer.</param>
    public void Add(in Segment segment, int cost)
    {
        if (_bytes.Count > 0 && CanGather(segment))
        {
            Gather(segment);
        }
        else
        {
            _held.Add(segment.Buffer);
            _bytes.Add(segment.Bytes);
        }

        Length += segment.Length;
        Cost += cost;
    }

    /// <summary>Lets go of the segments, sent or not.</summary>
    public bool TryReset()
    {
        foreach (var buffer in _held)
        {
            buffer.Release();
        }

        if (_gathered is not null)
        {
            ArrayPool<byte>.Shared.Return(_gathered);
            _gathered = null;
        }

        _held.Clear();
        _bytes.Clear();
        Length = Cost = _gatheredLength = 0;
        return true;
    }

    /// <summary>Writes everything with one vectored send; completes at once while the socket has room.</summary>
    public ValueTask SendToAsync(Socket socket)
    {
        if (_bytes.Count == 1)
        {
            BufferList = null;
            SetBuffer(_bytes[0].Array, _bytes[0].Offset, _bytes[0].Count);
        }
        else
        {
            SetBuffer(null, 0, 0);
            BufferList = _bytes;
        }

        _completion.Reset();
        if (socket.SendAsync(this))
        {
            return new ValueTask(this, _completion.Version);
        }

        return SocketError == SocketError.Success
            ? ValueTask.CompletedTask
            : ValueTask.FromException(new SocketException((int)SocketError));
    }

    /// <summary>Hands everything over in one piece, of which TLS makes a record and WebSocket a frame.</summary>
    public async ValueTask SendWholeAsync(Func<ReadOnlyMemory<byte>, ValueTask> write)
    {
        if (_bytes.Count == 1)
        {
            await write(_bytes[0]);
            return;
        }

        var whole = ArrayPool<byte>.Shared.Rent(Length);
        try
        {
            var position = 0;
            foreach (var part in _bytes)
            {
                part.AsSpan().CopyTo(whole.AsSpan(position));
                position += part.Count;
            }

            await write(whole.AsMemory(0, position));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    public void GetResult(short token) => _completion.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (SocketError == SocketError.Success)
        {
            _completion.SetResult(true);
        }
        else
        {
            _completion.SetException(new SocketException((int)SocketError));
        }
    }

    private bool CanGather(in Segment segment) => segment.Length <= SmallSegment && _gatheredLength + segment.Length <= GatheredCapacity;

    private void Gather(in Segment segment)
    {
        _gathered ??= ArrayPool<byte>.Shared.Rent(GatheredCapacity);
        segment.Bytes.AsSpan().CopyTo(_gathered.AsSpan(_gatheredLength));
        if (EndsGathered)
        {
            var last = _bytes[^1];
            _bytes[^1] = new ArraySegment<byte>(_gathered, last.Offset, last.Count + segment.Length);
        }
        else
        {
            _bytes.Add(new ArraySegment<byte>(_gathered, _gatheredLength, segment.Length));
        }

        _gatheredLength += segment.Length;
        segment.Buffer.Release();
    }
}
