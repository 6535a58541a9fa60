using SmartRadio.Testing.Processes;

namespace SmartRadio.Node.Tests.Program;

/// <summary>smartradio-node in a process of its own, and what it says.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>The runtime maps its own code through a file that has to be larger than a small disk allows.</summary>
    private static readonly Dictionary<string, string> SmallDisk = new(
        StringComparer.Ordinal)
    { ["DOTNET_EnableWriteXorExecute"] = "0" };

    private readonly ChildProcess _process;

    private NodeProgram(string folder, IEnumerable<string> command, IReadOnlyDictionary<string, string>? environment = null) =>
        _process = ChildProcess.Start(command.First(), command.Skip(1), environment, folder);

    /// <summary>All it said so far on its standard output.</summary>
    public IReadOnlyList<string> Said => _process.OutputLines;

    private static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "smartradio-node.dll");

    public static NodeProgram Start(string folder, params string[] arguments) => new(folder, ["dotnet", Path, .. arguments]);

    /// <summary>Starts it where no file may grow beyond a size, as on a disk that fills.</summary>
    public static NodeProgram StartOnSmallDisk(string folder, int kilobytes, params string[] arguments) =>
        new(folder,
            ["bash", "-c", $"trap '' XFSZ; ulimit -f {kilobytes}; exec dotnet \"$@\"", "bash", Path, .. arguments], SmallDisk);

    /// <summary>Starts it with a file, device or folder for its standard input.</summary>
    public static NodeProgram StartHearing(string input, string folder, params string[] arguments) =>
        new(folder, ["bash", "-c", "exec dotnet \"$@\" < \"$0\"", input, Path, .. arguments]);

    /// <summary>Starts it with what it says going to a device, or to a pipe that nobody need read.</summary>
    public static NodeProgram StartSpeakingTo(string output, string folder, params string[] arguments) =>
        new(folder, ["bash", "-c", "exec dotnet \"$@\" 1<> \"$0\"", output, Path, .. arguments]);

    /// <summary>Waits for the next line that holds this.</summary>
    public Task<string> SaysAsync(string part) => _process.SaysAsync(part, Patience);

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code, and each line of its standard error with a line feed.</returns>
    public async Task<(int Code, string Problems)> EndAsync()
    {
        var code = await _process.ExitAsync(Patience);
        return (code, _process.Errors.Length == 0 ? "" : _process.Errors + "\n");
    }

    public Task TypeAsync(string line) => _process.TypeAsync(line);

    public void CloseInput() => _process.CloseInput();

    /// <summary>Ends it as kill -9 does.</summary>
    public Task KillAsync() => _process.KillAsync(children: false);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
