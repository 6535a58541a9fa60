using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Threading.Channels;
using SmartRadio.Benchmarks.Brokers;

namespace SmartRadio.Benchmarks.Demo;

/// <summary><c>./run --demo N</c> with a data folder and ports of its own, and mosquitto where that is the broker.</summary>
internal sealed class DemoSystem : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smartradio-demo");
    private readonly BrokerProcess? _mosquitto;
    private readonly Process _run;
    private readonly ConcurrentQueue<string> _printed = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private DemoSystem(int nodes, BrokerProcess? mosquitto, IReadOnlyDictionary<string, string>? environment)
    {
        _mosquitto = mosquitto;
        var port = BrokerProcess.FreePort();
        Address = new Uri($"http://127.0.0.1:{port}/api/v1/");
        var root = typeof(DemoSystem).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(each => each.Key == "Root").Value!;
        var start = new ProcessStartInfo(
            Path.Combine(root, "run"),
            [
                "--demo", Text(nodes), "--data", Data, "--bootstrap-key", KeyFile,
                "--port", Text(port), "--mqtt-port", Text(mosquitto?.Port ?? BrokerProcess.FreePort()),
            ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (mosquitto is not null)
        {
            start.Environment["SmartRadio__Mqtt__Host"] = "127.0.0.1";
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        _run = Process.Start(start)!;
        _run.OutputDataReceived += (_, line) => Keep(line.Data);
        _run.BeginOutputReadLine();
    }

    /// <summary>Of the REST API.</summary>
    public Uri Address { get; }

    public string Database => Path.Combine(Data, "smartradio.db");

    /// <summary>Name of the first administrator, once the nodes start.</summary>
    public string FirstUser => Printed("user name:");

    /// <summary>The password that a first start prints.</summary>
    public string FirstPassword => Printed("password:");

    /// <summary>An administrator's key, which the first start writes.</summary>
    public string KeyFile => Path.Combine(_folder.FullName, "key");

    /// <summary>The controller, with the embedded broker if that is used.</summary>
    public ProcessCosts Controller => new(_run.Id);

    /// <summary>Null where the broker is embedded.</summary>
    public ProcessCosts? Mosquitto => _mosquitto?.Costs;

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <param name="nodes">Virtual nodes.</param>
    /// <param name="withMosquitto">Instead of the embedded broker.</param>
    /// <param name="environment">More of it for the program.</param>
    public static async Task<DemoSystem> StartAsync(
        int nodes, bool withMosquitto, IReadOnlyDictionary<string, string>? environment = null)
    {
        var mosquitto = withMosquitto ? await BrokerProcess.StartAsync(BrokerKind.Mosquitto) : null;
        return new DemoSystem(nodes, mosquitto, environment);
    }

    /// <summary>Returns when the nodes' process says that it starts.</summary>
    /// <exception cref="IOException">The program ended before.</exception>
    public async Task NodesStartedAsync()
    {
        try
        {
            while (!(await _lines.Reader.ReadAsync()).Contains("virtual nodes, broker", StringComparison.Ordinal))
            {
                // What comes before is the greeting.
            }
        }
        catch (ChannelClosedException e)
        {
            throw new IOException("The program ended before its nodes started.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _run.Kill(entireProcessTree: true);
        await _run.WaitForExitAsync();
        _run.Dispose();
        await (_mosquitto?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Keep(string? line)
    {
        if (line is null)
        {
            _lines.Writer.TryComplete();
            return;
        }

        Console.Error.WriteLine(line);
        _printed.Enqueue(line);
        _lines.Writer.TryWrite(line);
    }

    private string Printed(string word) =>
        _printed.Where(line => line.Contains(word, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(word, StringComparison.Ordinal) + word.Length)..].Trim()).First();
}
