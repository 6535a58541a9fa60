using System.Collections.Concurrent;
using System.Diagnostics;
using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Rows;

namespace SmartRadio.Benchmarks.Snapcast;

/// <summary>
/// Debian's snapserver and as many snapclients, without sound cards: each writes what it plays into a pipe that is read at once.
/// All have this machine's clock, so their crystals agree better than those of nodes.
/// </summary>
internal sealed class SnapcastGroup : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("snapcast");
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Process> _processes = [];
    private readonly List<JitteryLine> _lines = [];
    private readonly List<ConcurrentQueue<(long At, double Offset)>> _heard = [];

    public static bool IsInstalled =>
        Array.Exists(
            Environment.GetEnvironmentVariable("PATH")!.Split(':'),
            folder => File.Exists(Path.Combine(folder, "snapserver")) && File.Exists(Path.Combine(folder, "snapclient")));

    /// <param name="jitter">ms; null: no line between server and clients at all.</param>
    public async Task StartAsync(int clients, int? jitter)
    {
        var port = BrokerProcess.FreePort();
        var source = await PipeAsync("source");
        var configuration = Path.Combine(_folder.FullName, "configuration");
        await File.WriteAllTextAsync(
            configuration,
            $"[http]\nenabled = false\n[tcp]\nenabled = false\n[stream]\nbind_to_address = 127.0.0.1\nport = {port}\nsource = pipe://{source}?name=default&sampleformat={NumberedSound.Rate}:16:2&codec=pcm&mode=read\n");
        Start("snapserver", "-c", configuration, "--logsink", "null");
        await BrokerProcess.UntilListeningAsync(port, _processes[0]);
        var saying = new FileStream(source, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        _ = NumberedSound.SayAsync(saying, _stopping.Token).ContinueWith(_ => saying.Dispose(), TaskScheduler.Default);
        for (var i = 1; i <= clients; i++)
        {
            var line = jitter is null ? null : new JitteryLine(port, jitter.Value, i);
            if (line is not null)
            {
                _lines.Add(line);
            }

            await ListenAsync(i, line?.Port ?? port);
        }
    }

    /// <summary>
    /// How far each client's sound lies from the middle one's, in ms, by the medians of what came within the last
    /// <paramref name="window"/>.
    /// </summary>
    public List<double> Spread(TimeSpan window)
    {
        var since = Stopwatch.GetTimestamp() - (long)(window.TotalSeconds * Stopwatch.Frequency);
        var offsets = _heard.ConvertAll(
            heard => Statistics.Percentile([.. heard.Where(h => h.At >= since).Select(h => h.Offset)], 0.5));
        offsets.RemoveAll(double.IsNaN);
        var middle = Statistics.Percentile([.. offsets], 0.5);
        return offsets.ConvertAll(offset => 1000 * Math.Abs(offset - middle));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        foreach (var line in _lines)
        {
            await line.DisposeAsync();
        }

        _folder.Delete(recursive: true);
        _stopping.Dispose();
    }

    private async Task ListenAsync(int number, int port)
    {
        var pipe = await PipeAsync($"client{number}");
        var heard = new ConcurrentQueue<(long At, double Offset)>();
        _heard.Add(heard);
        Start("snapclient", "-h", "127.0.0.1", "-p", $"{port}", "-i", $"{number}", "--hostID", $"client{number}", "--player",
            $"file:filename={pipe}", "--logsink", "null");
        new Thread(() =>
        {
            // Opening waits for the client to open its side, which is when it has been told what it plays.
            using var listening = new FileStream(pipe, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
            NumberedSound.Hear(listening, (at, offset) => heard.Enqueue((at, offset)));
        })
        { IsBackground = true }.Start();
    }

    private void Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            program, arguments)
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = _folder.FullName;
        _processes.Add(Process.Start(start)!);
    }

    private async Task<string> PipeAsync(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var made = Process.Start("mkfifo", [path]);
        await made.WaitForExitAsync();
        return path;
    }
}
