using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace SmartRadio.Audio.Processes;

/// <summary>
/// A run of ffmpeg or espeak-ng: limited, in a sandbox, without a shell, without our environment, and killed when it is
/// no longer wanted.
/// </summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    // How prlimit ends, as shells do, when the program cannot be run or is not there; no program here ends so itself.
    private const int CannotRun = 126;
    private const int NotThere = 127;

    // How a program ended by a signal is told: 128 and the signal's number (signal(7)).
    private const int Hangup = 128 + 1;
    private const int Interrupted = 128 + 2;
    private const int Killed = 128 + 9;
    private const int Terminated = 128 + 15;
    private const int OutOfCpuTime = 128 + 24;
    private static readonly int[] Crashes = [128 + 4, 128 + 5, 128 + 6, 128 + 7, 128 + 8, 128 + 11];

    // What programs need to find their libraries. Nothing else is passed on: our environment may hold secrets.
    private static readonly string[] PassedVariables = ["PATH", "LD_LIBRARY_PATH", "SystemRoot"];

    private readonly Process _process;
    private readonly TimeSpan _time;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _unwanted;
    private readonly CancellationTokenRegistration _killing;
    private readonly CancellationToken _caller;
    private readonly Task<string> _complaints;

    private ToolProcess(Process process, ToolLimits limits, TimeProvider clock, CancellationToken cancellationToken)
    {
        _process = process;
        _time = limits.Time;
        _caller = cancellationToken;
        _deadline = new CancellationTokenSource(_time, clock);
        _unwanted = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token, cancellationToken);
        _killing = _unwanted.Token.Register(() => Kill(process));
        _complaints = ReadComplaintsAsync(process.StandardError.BaseStream, limits.LogBytes);
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    /// <exception cref="AudioRefusedException">The program cannot be started.</exception>
    public static ToolProcess Start(
        string program, IEnumerable<string> arguments, ToolLimits limits, TimeProvider clock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var command = limits.Around(program, arguments);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var passed = PassedVariables.Select(name => (name, value: Environment.GetEnvironmentVariable(name)))
            .Where(pair => pair.value is not null);
        start.Environment.Clear();
        foreach (var (name, value) in passed)
        {
            start.Environment[name] = value;
        }

        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            return new ToolProcess(Process.Start(start)!, limits, clock, cancellationToken);
        }
        catch (Win32Exception error)
        {
            throw new AudioRefusedException(AudioRefusal.ToolFailed, $"{program} cannot be started: {error.Message}", error);
        }
    }

    /// <summary>Gives a text as all of the input. A program that ends early says why by its exit code.</summary>
    public async Task GiveAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            await Input.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            Input.Close();
        }
        catch (IOException)
        {
            // WaitAsync gives the exit code.
        }
    }

    /// <summary>Waits for the end, once the output was read.</summary>
    /// <exception cref="AudioRefusedException">
    /// The time was up, the program could not be run, it crashed, or somebody killed it.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller no longer wants it.</exception>
    public async Task<ToolExit> WaitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        ThrowIfStopped();
        var exit = new ToolExit(_process.ExitCode, await _complaints);
        return Fault(exit) is { } fault
            ? throw new AudioRefusedException(fault, $"{_process.StartInfo.FileName} ended with {exit.Code}. {exit.Complaints}")
            : exit;
    }

    // What is not the input's word on itself.
    private static AudioRefusal? Fault(ToolExit exit) => exit.Code switch
    {
        CannotRun or NotThere => AudioRefusal.ToolFailed,
        Killed or Terminated or Interrupted or Hangup => AudioRefusal.ToolKilled,
        OutOfCpuTime => AudioRefusal.TimedOut,
        var code when Crashes.Contains(code) => AudioRefusal.ToolCrashed,
        _ => ToolSandbox.IsFault(exit) ? AudioRefusal.ToolFailed : null,
    };

    public async ValueTask DisposeAsync()
    {
        await _killing.DisposeAsync();
        Kill(_process);
        await _process.WaitForExitAsync(CancellationToken.None);
        await _complaints;
        _unwanted.Dispose();
        _deadline.Dispose();
        _process.Dispose();
    }

    // What we killed did not fail by itself.
    private void ThrowIfStopped()
    {
        _caller.ThrowIfCancellationRequested();
        if (_deadline.IsCancellationRequested)
        {
            throw new AudioRefusedException(AudioRefusal.TimedOut, $"{_process.StartInfo.FileName} ran longer than {_time}.");
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    // Reads to the end, lest the program block, but keeps only the beginning: hostile input makes ffmpeg complain without end.
    private static async Task<string> ReadComplaintsAsync(Stream errors, int most)
    {
        var kept = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await errors.ReadAsync(buffer)) > 0)
        {
            kept.Write(buffer, 0, (int)Math.Min(read, most - kept.Length));
        }

        // A file's own words may stand in them, and they go into logs.
        return string.Concat(Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length)
            .Select(each => char.IsControl(each) && each != '\n' ? ' ' : each));
    }
}

/// <summary>How a program ended.</summary>
internal sealed record ToolExit(int Code, string Complaints);
