using System.Globalization;

namespace SmartRadio.Mqtt.Tests.Surroundings;

/// <summary>The bare broker of the benchmark program, in a process that can be killed.</summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly int _port;

    private BrokerProcess(ChildProcess process, int port)
    {
        _process = process;
        _port = port;
    }

    public static async Task<BrokerProcess> StartAsync(string store)
    {
        // Built beside the tests: the project refers to it.
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "SmartRadio.Benchmarks", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "SmartRadio.Benchmarks");
        var process = ChildProcess.Start(program, "broker", "--port", "0", "--store", store);
        var line = await process.ReadLineAsync() ?? throw new IOException("The broker did not start.");
        return new BrokerProcess(process, int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }

    public Task<RawClient> ConnectRawAsync() => RawClient.ConnectAsync(_port, MqttProtocolVersion.V5);

    /// <summary>SIGKILL: no farewell, no flush.</summary>
    public ValueTask KillAsync() => _process.DisposeAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
