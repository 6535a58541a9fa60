using System.Diagnostics;
using System.Threading.Channels;

namespace SmartRadio.Node.Tests.Program;

/// <summary>smartradio-node in a process of its own, and what it says.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _said = [];
    private readonly Task<string> _problems;
    private readonly Task _reading;

    private NodeProgram(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _problems = _process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    /// <summary>All it said so far on its standard output.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said)
            {
                return [.. _said];
            }
        }
    }

    private static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "smartradio-node.dll");

    public static NodeProgram Start(string folder, params string[] arguments) =>
        new(new ProcessStartInfo("dotnet", [Path, .. arguments]) { WorkingDirectory = folder });

    /// <summary>Starts it where no file may grow beyond a size, as on a disk that fills.</summary>
    public static NodeProgram StartOnSmallDisk(string folder, int kilobytes, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f {kilobytes}; exec dotnet \"$@\"", "bash", Path, .. arguments]) { WorkingDirectory = folder };
        // The runtime maps its own code through a file that has to be larger.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new NodeProgram(start);
    }

    /// <summary>Starts it with a file, device or folder for its standard input.</summary>
    public static NodeProgram StartHearing(string input, string folder, params string[] arguments) =>
        new(new ProcessStartInfo("bash", ["-c", "exec dotnet \"$@\" < \"$0\"", input, Path, .. arguments]) { WorkingDirectory = folder });

    /// <summary>Starts it with what it says going to a device, or to a pipe that nobody need read.</summary>
    public static NodeProgram StartSpeakingTo(string output, string folder, params string[] arguments) =>
        new(new ProcessStartInfo("bash", ["-c", "exec dotnet \"$@\" 1<> \"$0\"", output, Path, .. arguments]) { WorkingDirectory = folder });

    /// <summary>Waits for the next line that holds this.</summary>
    public async Task<string> SaysAsync(string part)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(limit.Token))
            {
                if (line.Contains(part, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is said below.
        }

        throw new InvalidOperationException($"It never said '{part}', but: {string.Join('\n', Said)}");
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int Code, string Problems)> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        await _reading;
        return (_process.ExitCode, await _problems);
    }

    public Task TypeAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Ends it as kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.Add(line);
            }

            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }
}
