using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SmartRadio.Benchmarks.Load;

/// <summary>Many subscribers of one thread. All frames have one size, so counting bytes tells which frame arrived where and when.</summary>
internal sealed class Audience : IDisposable
{
    private const int AnsweredEvery = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly int[] _ready = new int[1024];
    private readonly Socket[] _sockets;
    private readonly long[] _bytes;

    private Audience(Socket[] sockets)
    {
        _sockets = sockets;
        _bytes = new long[sockets.Length];
        for (var i = 0; i < sockets.Length; i++)
        {
            _epoll.Watch((int)sockets[i].Handle, i);
        }
    }

    public int Count => _sockets.Length;

    /// <summary>How many of them the broker has answered.</summary>
    public long Greeted { get; private set; }

    /// <summary>Connects and subscribes; returns when every one is answered, or nothing more comes.</summary>
    /// <param name="port">The broker's.</param>
    /// <param name="count">How many.</param>
    /// <param name="filter">What each subscribes to.</param>
    /// <param name="quality">Asked for.</param>
    /// <param name="atOnce">Nobody waits until those before are answered; a short listen queue overflows then.</param>
    /// <param name="name">What their client identifiers begin with.</param>
    public static Audience Gather(int port, int count, Func<int, string> filter, byte quality = 0, string name = "audience", bool atOnce = false)
    {
        var sockets = new Socket[count];
        for (var i = 0; i < count; i++)
        {
            // A hard close leaves no port behind in TIME_WAIT: rounds follow each other closely.
            sockets[i] = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
            sockets[i].Connect(IPAddress.Loopback, port);
            if (!atOnce && i % AnsweredEvery == AnsweredEvery - 1)
            {
                sockets[i - 1].Poll(Patience, SelectMode.SelectRead);
            }

            sockets[i].Send([.. Wire311.Connect($"{name}-{i}"), .. Wire311.Subscribe(filter(i), quality)]);
        }

        var audience = new Audience(sockets);
        (audience.Greeted, _) = audience.ReadUntil(audience.Count, Wire311.GreetingLength, (_, _, _) => { });
        Array.Clear(audience._bytes);
        return audience;
    }

    /// <summary>Reads until so many frames came in all, or nothing more comes for two seconds.</summary>
    /// <param name="frames">How many are due.</param>
    /// <param name="frameSize">Bytes of each.</param>
    /// <param name="arrived">Told of each frame: listener, its number, and when.</param>
    /// <returns>How many came, and when the last one did.</returns>
    public (long Frames, long LastAt) ReadUntil(long frames, int frameSize, Action<int, long, long> arrived)
    {
        long seen = 0;
        var lastAt = Stopwatch.GetTimestamp();
        var started = lastAt;
        while (seen < frames)
        {
            var count = _epoll.Wait(_ready, 100);
            for (var i = 0; i < count; i++)
            {
                var listener = _ready[i];
                var read = Epoll.Read((int)_sockets[listener].Handle, _buffer);
                if (read == 0)
                {
                    throw new IOException($"The broker closed the connection of listener {listener}.");
                }

                var before = _bytes[listener] / frameSize;
                _bytes[listener] += Math.Max(0, read);
                var now = Stopwatch.GetTimestamp();
                for (var frame = before; frame < _bytes[listener] / frameSize; frame++)
                {
                    arrived(listener, frame, now);
                    seen++;
                    lastAt = now;
                }
            }

            var quiet = Stopwatch.GetElapsedTime(lastAt);
            if (count == 0 && seen > 0 && quiet > TimeSpan.FromSeconds(2))
            {
                break;
            }

            if (Stopwatch.GetElapsedTime(started) > Patience || (seen == 0 && quiet > TimeSpan.FromSeconds(60)))
            {
                break;
            }
        }

        return (seen, lastAt);
    }

    public void Dispose()
    {
        _epoll.Dispose();
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }
}
