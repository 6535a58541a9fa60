using System.Diagnostics;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Broadcasts;

namespace SmartRadio.Web.Demo;

/// <summary>
/// Runs the virtual nodes as a child of this process. The child holds our pipe as its input and ends when that closes, so it
/// never outlives us.
/// </summary>
internal sealed class DemoFleet(
    IOptions<DemoOptions> options, DemoFiles files, BroadcastRecordings recordings, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<DemoFleet> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Demo == 0)
        {
            return;
        }

        var program = options.Value.NodeProgram ?? Path.Combine(AppContext.BaseDirectory, "smartradio-node");
        if (!File.Exists(program))
        {
            logger.LogWarning(
                "The program of the virtual nodes is not at {Program}; set SmartRadio:NodeProgram, or start with ./run", program);
            return;
        }

        await StartedAsync(stoppingToken);
        if (!stoppingToken.IsCancellationRequested)
        {
            await RunAsync(program, stoppingToken);
        }
    }

    private async Task RunAsync(string program, CancellationToken stop)
    {
        using var child = new Process
        {
            StartInfo = new ProcessStartInfo(
                program,
                [
                    "fleet", "--nodes", files.NodesFile, "--data", files.Folder, "--recordings", recordings.Folder,
                    "--exit-with-stdin",
                ])
            {
                RedirectStandardInput = true,
                UseShellExecute = false,
            },
        };
        child.Start();
        try
        {
            await child.WaitForExitAsync(stop);
            logger.LogError("The virtual nodes ended with exit code {ExitCode}", child.ExitCode);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(child);
        }
    }

    private async Task EndAsync(Process child)
    {
        child.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await child.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Returns when the broker and all else is up.</summary>
    private async Task StartedAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStarted, stop);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
