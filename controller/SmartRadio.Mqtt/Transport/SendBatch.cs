using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Microsoft.Extensions.ObjectPool;

namespace SmartRadio.Mqtt.Transport;

/// <summary>Segments on their way to one transport, and the socket operation that carries them. Pooled: only those who are sending have one.</summary>
internal sealed class SendBatch : SocketAsyncEventArgs, IValueTaskSource, IResettable
{
    private static readonly ObjectPool<SendBatch> Pool = new DefaultObjectPoolProvider { MaximumRetained = 256 }.Create<SendBatch>();

    private readonly List<Segment> _segments = [];
    private readonly List<ArraySegment<byte>> _bytes = [];
    private ManualResetValueTaskSourceCore<bool> _completion;

    /// <summary>For the pool; see <see cref="Rent"/>.</summary>
    public SendBatch()
        : base(true)
    {
    }

    /// <summary>What to write, in order.</summary>
    public IReadOnlyList<ArraySegment<byte>> Bytes => _bytes;

    /// <summary>Sum of the segments' lengths.</summary>
    public int Length { get; private set; }

    /// <summary>What the segments count in their queue.</summary>
    public int Cost { get; private set; }

    public int Segments => _segments.Count;

    public static SendBatch Rent() => Pool.Get();

    public static void Return(SendBatch batch) => Pool.Return(batch);

    public void Add(in Segment segment)
    {
        _segments.Add(segment);
        _bytes.Add(segment.Bytes);
        Length += segment.Length;
        Cost += segment.Cost;
    }

    /// <summary>Lets go of the segments, sent or not.</summary>
    public bool TryReset()
    {
        foreach (var segment in _segments)
        {
            segment.Buffer.Release();
        }

        _segments.Clear();
        _bytes.Clear();
        Length = Cost = 0;
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
}
