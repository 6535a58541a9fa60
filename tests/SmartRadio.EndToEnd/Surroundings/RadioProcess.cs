using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>
/// The real program with a data folder and ports of its own. It can be stopped, killed and started again on the same data.
/// </summary>
internal sealed class RadioProcess : IAsyncDisposable
{
    /// <summary>Samples beyond those that a node claims of what a stop cut: at most 50 ms on a busy machine.</summary>
    public const int MostUnclaimed = Surroundings.Recording.Rate / 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smartradio-");
    private readonly Dictionary<string, string> _environment;
    private readonly string[] _arguments;
    private ChildProcess? _process;
    private RadioApi? _api;

    /// <param name="demo">Virtual nodes in the demo commune.</param>
    /// <param name="settings">Configuration keys below "SmartRadio", as environment.</param>
    public RadioProcess(int demo = 0, params (string Key, string Value)[] settings)
    {
        Port = FreePort.Find();
        var outside = Array.Find(settings, each => each.Key == "Mqtt__Port").Value;
        MqttPort = outside is null ? FreePort.Find() : int.Parse(outside, CultureInfo.InvariantCulture);
        _environment = settings.ToDictionary(each => $"SmartRadio__{each.Key}", each => each.Value, StringComparer.Ordinal);
        _environment["SmartRadio__NodeProgram"] = Built.NodeProgram;
        _arguments =
        [
            "--data", Data, "--port", Text(Port), "--mqtt-port", Text(MqttPort), "--bootstrap-key", KeyFile,
            .. demo > 0 ? ["--demo", Text(demo)] : Array.Empty<string>(),
        ];
    }

    public int Port { get; }

    /// <summary>Of the embedded broker, or of the one that the settings name.</summary>
    public int MqttPort { get; }

    public string Address => $"http://127.0.0.1:{Port}";

    public string Data => Path.Combine(_folder.FullName, "data");

    public string KeyFile => Path.Combine(_folder.FullName, "key");

    /// <summary>Its machine's wall clock; null is the true one.</summary>
    public FakedClock? Clock { get; init; }

    /// <summary>Kept: a later start does not print it again.</summary>
    public (string Name, string Password)? FirstAdministrator { get; set; }

    /// <summary>The running program.</summary>
    public ChildProcess Process => _process ?? throw new InvalidOperationException("It was not started.");

    public RadioApi Api => _api ??= new RadioApi(Address, File.ReadAllText(KeyFile).Trim());

    /// <summary>A file of the test, gone with it.</summary>
    public string FileOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>The same over an outside broker; null is the embedded one.</summary>
    public static Task<RadioProcess> StartedAsync(
        MosquittoProcess? broker, int demo, params (string Key, string Value)[] settings) =>
        StartedAsync(
            demo, broker is null ? settings : [.. settings, ("Mqtt__Host", "127.0.0.1"), ("Mqtt__Port", Text(broker.Port))]);

    /// <summary>The program, ready, with its demo nodes on-line.</summary>
    public static async Task<RadioProcess> StartedAsync(int demo, params (string Key, string Value)[] settings)
    {
        var radio = new RadioProcess(demo, settings);
        try
        {
            await radio.StartAsync();
            await radio.NodesOnlineAsync(demo);
            return radio;
        }
        catch
        {
            await radio.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        await Poll.UntilAsync("the program is ready", ReadyAsync, static ready => ready);
    }

    /// <summary>Starts it without waiting for anything.</summary>
    public ChildProcess Launch()
    {
        var environment = Clock is { } clock
            ? _environment.Concat(clock.Environment).ToDictionary(StringComparer.Ordinal)
            : _environment;
        return _process = ChildProcess.Start(Built.WebProgram, _arguments, environment);
    }

    public async Task<bool> ReadyAsync()
    {
        if (Process.HasExited)
        {
            Assert.Fail($"The program ended: {Process.Output}\n{Process.Errors}");
        }

        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync($"{Address}/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception error) when (error is HttpRequestException or SocketException)
        {
            // HttpClient lets a bare SocketException through when a connection breaks just after it was made.
            return false;
        }
    }

    public Task<IReadOnlyList<NodeAnswer>> NodesOnlineAsync(int count) => Poll.UntilAsync(
        $"{count} nodes on-line", Api.NodesAsync, nodes => nodes.Count(node => node.Online) == count);

    /// <summary>Name and password of the administrator, which a first start prints.</summary>
    public async Task<(string Name, string Password)> FirstAdministratorAsync()
    {
        await Poll.UntilAsync("the first password is printed", () => Printed("password:") is not null);
        return (Printed("user name:")!, Printed("password:")!);
    }

    /// <summary>What the program printed after a word, or null.</summary>
    public string? Printed(string word)
    {
        var line = Array.Find(Process.Output.Split('\n'), each => each.Contains(word, StringComparison.Ordinal));
        return line?[(line.IndexOf(word, StringComparison.Ordinal) + word.Length)..].Trim();
    }

    /// <summary>What a demo node has played.</summary>
    public Recording Recording(string nodeId) => Surroundings.Recording.Read(Path.Combine(Data, "demo"), nodeId);

    /// <summary>
    /// The same once it holds all samples that the receipt counts: the last ones reach the file up to a quarter of a second
    /// after they were played. Of what a stop cut it may hold a little more: a node that does not know how fast its ring runs
    /// claims too little rather than too much, and its amplifier is off only after it has counted.
    /// </summary>
    public Task<Recording> RecordingAsync(ReceiptAnswer receipt, long broadcast) => Poll.UntilAsync(
        $"{receipt.Samples} samples of broadcast {broadcast} in the file",
        () => Task.FromResult(Recording(receipt.NodeId)),
        recording => recording.Of(broadcast).Length - receipt.Samples is var more && (more == 0
            || (receipt.State == "interrupted" && more is > 0 and < MostUnclaimed)));

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            TestContext.Current.TestOutputHelper?.WriteLine($"The program printed:\n{_process.Output}\n{_process.Errors}");
        }

        _api?.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
