using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>A program that a test starts; what it prints is kept, and it ends with all its children when it is disposed.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private ChildProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
    }

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // Whoever starts the tests in the background of a shell ignores Ctrl-C, and so would the program.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
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

    /// <summary>Runs a program to its end; fails when it does.</summary>
    public static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        await using var child = Start(program, arguments);
        var code = await child.ExitAsync();
        Assert.True(code == 0, $"{program} ended with {code}: {child.Errors}");
        return child.Output;
    }

    /// <summary>Waits for the end and all output; the exit code.</summary>
    public async Task<int> ExitAsync(TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? Poll.Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{string.Join(' ', _process.StartInfo.ArgumentList.Skip(1))} did not end in time. It printed: {Output}\n{Errors}");
        }

        return _process.ExitCode;
    }

    /// <summary>Ctrl-C.</summary>
    public Task InterruptAsync() => RunAsync("/bin/sh", "-c", "kill -INT \"$1\"", "sh", Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>kill -9, of this process alone or with all it started.</summary>
    public async Task KillAsync(bool children)
    {
        _process.Kill(children);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ids of the processes it started that still run.</summary>
    public IReadOnlyList<int> Children() =>
        [.. Process.GetProcesses().Select(each => each.Id).Where(id => Stat(id) is { } stat && int.Parse(stat[1], CultureInfo.InvariantCulture) == Id)];

    /// <summary>False for one that has ended, whether or not its parent has taken note.</summary>
    public static bool IsRunning(int id) => Stat(id) is { } stat && stat[0] != "Z";

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync(children: true);
        }

        _process.Dispose();
    }

    /// <summary>State, parent and what follows them in /proc/ID/stat, or null when there is no such process.</summary>
    private static string[]? Stat(int id)
    {
        try
        {
            // "id (name) state parent ...": the name may hold anything, so it is read from its end.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
