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

/// <summary>A broker in a process of its own, with its costs.</summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    private readonly BrokerKind _kind;
    private readonly Process _process;
    private readonly string? _configuration;

    private BrokerProcess(BrokerKind kind, Process process, int port, string? configuration)
    {
        _kind = kind;
        _process = process;
        _configuration = configuration;
        Port = port;
    }

    public int Port { get; }

    public ProcessCosts Costs => new(_process.Id);

    /// <summary>
    /// Live bytes of the managed heap after a full collection, or private memory of a broker that has no such heap.
    /// </summary>
    public long LiveBytes
    {
        get
        {
            if (_kind == BrokerKind.Mosquitto)
            {
                return Costs.PrivateBytes;
            }

            _process.StandardInput.WriteLine();
            return long.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        }
    }

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
            // As ./run starts the product.
            start.Environment.TryAdd("DOTNET_GCgen0size", "4000000");
        }

        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var broker = new BrokerProcess(kind, Process.Start(start)!, port, configuration);
        await UntilListeningAsync(port, broker._process);
        if (kind == BrokerKind.SmartRadio)
        {
            await broker._process.StandardOutput.ReadLineAsync();
        }

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

    /// <exception cref="SocketException">The process ended, or did not listen within ten seconds.</exception>
    public static async Task UntilListeningAsync(int port, Process process)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (attempt < 500 && !process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    public static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
