using System.Diagnostics;
using System.Net.Sockets;

namespace SmartRadio.Benchmarks.Load;

/// <summary>A frame has arrived.</summary>
/// <param name="listener">At which listener.</param>
/// <param name="last">The frame's last byte.</param>
/// <param name="now">When, by <see cref="Stopwatch"/>.</param>
internal delegate void FrameArrived(int listener, byte last, long now);

/// <summary>Many subscribers of one thread. All frames have one size, so counting bytes tells where one ends.</summary>
internal sealed class LoadAudience : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly int[] _ready = new int[1024];
    private readonly Socket[] _sockets;
    private readonly long[] _bytes;

    private readonly bool _mayLose;
    private int _lost;

    /// <param name="sockets">Connected; the audience closes them.</param>
    /// <param name="mayLose">A connection that the broker closes is counted as lost, and is no fault.</param>
    public LoadAudience(Socket[] sockets, bool mayLose = false)
    {
        (_sockets, _mayLose) = (sockets, mayLose);
        _bytes = new long[sockets.Length];
        for (var i = 0; i < sockets.Length; i++)
        {
            _epoll.Watch((int)sockets[i].Handle, i);
        }
    }

    public int Count => _sockets.Length;

    /// <summary>Sends what one of them has to say.</summary>
    public void Send(int listener, ReadOnlySpan<byte> bytes) => _sockets[listener].Send(bytes);

    /// <summary>Waits at most so long for something, and reads it.</summary>
    /// <returns>Frames that are whole by it.</returns>
    /// <exception cref="IOException">The broker closed a connection.</exception>
    public long Read(int milliseconds, int frameSize, FrameArrived? arrived = null)
    {
        long frames = 0;
        var count = _epoll.Wait(_ready, milliseconds);
        foreach (var listener in _ready.AsSpan(0, count))
        {
            var read = Epoll.Read((int)_sockets[listener].Handle, _buffer);
            if (read == 0 && _mayLose)
            {
                _sockets[listener].Dispose();
                _lost++;
                continue;
            }

            if (read == 0)
            {
                throw new IOException($"The broker closed the connection of listener {listener}.");
            }

            var now = Stopwatch.GetTimestamp();
            var end = frameSize - (int)(_bytes[listener] % frameSize) - 1;
            _bytes[listener] += Math.Max(0, read);
            for (; end < read; end += frameSize)
            {
                arrived?.Invoke(listener, _buffer[end], now);
                frames++;
            }
        }

        return frames;
    }

    /// <summary>Reads until so many frames came in all, or nothing more comes for so long.</summary>
    /// <param name="frames">How many are due.</param>
    /// <param name="frameSize">Bytes of each.</param>
    /// <param name="arrived">Told of each frame.</param>
    /// <param name="patience">Two seconds unless told otherwise.</param>
    /// <returns>How many came.</returns>
    public long ReadUntil(long frames, int frameSize, FrameArrived? arrived = null, TimeSpan? patience = null)
    {
        long seen = 0;
        var last = Stopwatch.GetTimestamp();
        while (seen + _lost < frames && Stopwatch.GetElapsedTime(last) < (patience ?? Quiet))
        {
            var read = Read(100, frameSize, arrived);
            seen += read;
            last = read > 0 ? Stopwatch.GetTimestamp() : last;
        }

        return seen;
    }

    /// <summary>Forgets frames that began: what comes next is of another size.</summary>
    public void StartAnew() => Array.Clear(_bytes);

    public void Dispose()
    {
        _epoll.Dispose();
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }
}
