using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SmartRadio.Benchmarks.Brokers;

internal enum BrokerKind
{
    Mosquitto,
    SmartRadio,
}

/// <summary>A broker in a process of its own, with what it costs.</summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    private const double TicksPerSecond = 100;

    private readonly Process _process;
    private readonly string? _configuration;

    private BrokerProcess(Process process, int port, string? configuration)
    {
        _process = process;
        _configuration = configuration;
        Port = port;
    }

    public int Port { get; }

    /// <summary>User and system time used so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            // Fields 14 and 15 of proc(5)'s stat, counted after the name, which may hold spaces.
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds((Parse(fields[11]) + Parse(fields[12])) / TicksPerSecond);
        }
    }

    /// <summary>Private memory in use, in bytes.</summary>
    public long Memory => 1024 * (long)Parse(File.ReadLines($"/proc/{_process.Id}/status")
        .First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    public static async Task<BrokerProcess> StartAsync(BrokerKind kind)
    {
        var port = FreePort();
        var number = port.ToString(CultureInfo.InvariantCulture);
        string? configuration = null;
        ProcessStartInfo start;
        if (kind == BrokerKind.Mosquitto)
        {
            configuration = Path.GetTempFileName();
            await File.WriteAllTextAsync(configuration, $"listener {number} 127.0.0.1\nallow_anonymous true\nlog_type none\n");
            start = new ProcessStartInfo("mosquitto", ["-c", configuration]);
        }
        else
        {
            start = new ProcessStartInfo(Environment.ProcessPath!, ["broker", "--port", number]);
        }

        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var broker = new BrokerProcess(Process.Start(start)!, port, configuration);
        await broker.UntilListeningAsync();
        return broker;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_configuration is not null)
        {
            File.Delete(_configuration);
        }
    }

    private async Task UntilListeningAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (attempt < 500 && !_process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    private static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);
}
