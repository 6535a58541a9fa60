using System.Diagnostics;
using System.Globalization;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Testing.Processes;

/// <summary>
/// A program that a test starts; what it prints is kept, and it ends with all its children when it is disposed.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly PrintedLines _output = new();
    private readonly PrintedLines _errors = new();

    private ChildProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Take(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.Take(line.Data);
    }

    /// <summary>All lines that it wrote to its standard output so far.</summary>
    public string Output => _output.ToString();

    /// <summary>The same of its standard error.</summary>
    public string Errors => _errors.ToString();

    public IReadOnlyList<string> OutputLines => _output.All();

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="environment">Variables beside those of the test.</param>
    /// <param name="folder">Its working directory; that of the test when null.</param>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        // Whoever starts the tests in the background of a shell ignores Ctrl-C, and so would the program.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[key] = value;
        }

        var child = new ChildProcess(start);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message holds its errors.</exception>
    /// <exception cref="TimeoutException">It did not end within half a minute.</exception>
    public static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        await using var child = Start(program, arguments);
        var code = await child.ExitAsync();
        return code == 0 ? child.Output : throw new InvalidOperationException($"{program} ended with {code}: {child.Errors}");
    }

    /// <summary>Waits for the end and all output.</summary>
    /// <param name="within">Half a minute when null.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It did not end in time; the message holds what it printed.</exception>
    public async Task<int> ExitAsync(TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? Poll.Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"{CommandLine} did not end in time. It printed: {Output}\n{Errors}", late);
        }

        return _process.ExitCode;
    }

    /// <summary>
    /// Waits for the next line of its standard output that holds a text; lines before it are passed over for good.
    /// </summary>
    /// <param name="within">Half a minute when null.</param>
    /// <exception cref="TimeoutException">It ended or was silent; the message holds what it printed.</exception>
    public async Task<string> SaysAsync(string part, TimeSpan? within = null) =>
        await _output.NextAsync(part, within ?? Poll.Patience)
            ?? throw new TimeoutException($"{CommandLine} never said '{part}', but: {Output}\n{Errors}");

    /// <summary>Types a line into its standard input.</summary>
    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Ctrl-C.</summary>
    public Task InterruptAsync() =>
        RunAsync("/bin/sh", "-c", "kill -INT \"$1\"", "sh", Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>kill -9, of this process alone or with all it started.</summary>
    public async Task KillAsync(bool children)
    {
        _process.Kill(children);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ids of the processes it started that still run.</summary>
    public IReadOnlyList<int> Children() => ProcessTable.ChildrenOf(Id);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync(children: true);
        }

        _process.Dispose();
    }

    private string CommandLine => string.Join(' ', _process.StartInfo.ArgumentList.Skip(1));
}
