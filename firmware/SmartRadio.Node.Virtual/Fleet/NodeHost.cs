using Microsoft.Extensions.Logging;
using SmartRadio.Node.Virtual.Hardware;
using SmartRadio.Node.Virtual.Updates;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>A pole with a node on it: while it has power the node runs, and starts again when it failed.</summary>
internal sealed class NodeHost(FleetNode node, FleetSetting setting) : IDisposable
{
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = setting.Loggers.CreateLogger<VirtualNode>();
    private readonly SemaphoreSlim _plugged = new(1);
    private CancellationTokenSource _power = new();
    private volatile VirtualNode? _running;
    private double _loudness = 1;
    private bool _isToldOf;

    public FleetNode Node => node;

    public bool HasPower => !_power.IsCancellationRequested;

    /// <summary>Null without power too: it may not have noticed yet.</summary>
    private VirtualNode? Running => HasPower ? _running : null;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var power = _power;
            if (power.IsCancellationRequested)
            {
                await _plugged.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            try
            {
                using var hosted = Start();
                if (hosted is not null)
                {
                    hosted.Line.Loudness = _loudness;
                    _running = hosted;
                    await hosted.RunAsync(cancellationToken, power.Token);
                    continue;
                }
            }
            catch (RestartException)
            {
                // It starts again as its update says.
            }
            catch (Exception e)
            {
                // What the watchdog does to a device: it starts again and goes on from its storage.
                _logger.LogError(e, "Node {Node} failed and is restarted", node.Name);
            }
            finally
            {
                _running = null;
            }

            await Task.Delay(RestartDelay, setting.Time, CancellationToken.None);
        }
    }

    public Task UnplugAsync() => _power.CancelAsync();

    public void Plug()
    {
        if (!HasPower)
        {
            _power = new CancellationTokenSource();
            _plugged.Release();
        }
    }

    /// <summary>Cuts or mends the network cable; a node without power forgets it.</summary>
    /// <returns>False when none runs.</returns>
    public bool CutCable(bool isCut)
    {
        if (Running is not { } running)
        {
            return false;
        }

        running.Connection.IsCut = isCut;
        return true;
    }

    /// <summary>Sets the voltage on the loudspeaker line against that of a line in good health.</summary>
    public void SetLine(double loudness)
    {
        _loudness = loudness;
        if (_running is { } running)
        {
            running.Line.Loudness = loudness;
        }
    }

    /// <returns>False when no node runs.</returns>
    public bool PressStop()
    {
        try
        {
            var running = Running;
            running?.PressStop();
            return running is not null;
        }
        catch (ObjectDisposedException)
        {
            // It ended meanwhile.
            return false;
        }
    }

    public void Dispose()
    {
        _plugged.Dispose();
        _power.Dispose();
    }

    /// <returns>Null while its folder cannot be used.</returns>
    private VirtualNode? Start()
    {
        try
        {
            var started = new VirtualNode(node, setting);
            _isToldOf = false;
            return started;
        }
        catch (Exception e) when (FileProblem.Is(e))
        {
            if (!_isToldOf)
            {
                setting.Say($"{node.Name}: its folder cannot be used ({FileProblem.ReasonOf(e)}). It tries again each second.");
                _isToldOf = true;
            }

            return null;
        }
    }
}
