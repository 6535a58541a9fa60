using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace SmartRadio.Benchmarks.Snapcast;

/// <summary>
/// A line to a server on loopback that delays whatever it carries by 10 ms and an even jitter, each direction and each read by
/// itself; as on a TCP connection nothing overtakes what was sent before it.
/// </summary>
internal sealed class JitteryLine : IAsyncDisposable
{
    private const int LeastDelay = 10;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Random _chance;
    private readonly int _jitter;
    private readonly Task _carrying;

    /// <param name="server">Port of the server.</param>
    /// <param name="jitter">Most that is added to a delay, in ms.</param>
    public JitteryLine(int server, int jitter, int seed)
    {
        _jitter = jitter;
        _chance = new Random(seed);
        _listener.Start();
        _carrying = CarryAsync(server);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _carrying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task CarryAsync(int server)
    {
        using var near = await _listener.AcceptTcpClientAsync(_stopping.Token);
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        await far.ConnectAsync(IPAddress.Loopback, server, _stopping.Token);
        await Task.WhenAll(CarryAsync(near.GetStream(), far.GetStream()), CarryAsync(far.GetStream(), near.GetStream()));
    }

    private async Task CarryAsync(NetworkStream from, NetworkStream to)
    {
        var travelling = Channel.CreateUnbounded<(long Arrives, byte[] Bytes)>();
        var arriving = ArriveAsync(travelling.Reader, to);
        var buffer = new byte[65536];
        var last = 0L;
        while (await from.ReadAsync(buffer, _stopping.Token) is var read and > 0)
        {
            var delay = TimeSpan.FromMilliseconds(LeastDelay + Chance() * _jitter);
            last = Math.Max(last, Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency));
            travelling.Writer.TryWrite((last, buffer[..read]));
        }

        travelling.Writer.Complete();
        await arriving;
    }

    private async Task ArriveAsync(ChannelReader<(long Arrives, byte[] Bytes)> travelling, NetworkStream to)
    {
        await foreach (var (arrives, bytes) in travelling.ReadAllAsync(_stopping.Token))
        {
            var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), arrives);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, _stopping.Token);
            }

            await to.WriteAsync(bytes, _stopping.Token);
        }
    }

    private double Chance()
    {
        lock (_chance)
        {
            return _chance.NextDouble();
        }
    }
}
