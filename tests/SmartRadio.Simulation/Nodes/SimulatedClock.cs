using SmartRadio.Node.Hardware;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Nodes;

/// <summary>A node's own clock: it starts with what the real-time clock says and runs a little fast or slow.</summary>
/// <param name="agenda">True time.</param>
/// <param name="start">µs it shows at power-on.</param>
/// <param name="drift">Parts per million too fast.</param>
internal sealed class SimulatedClock(Agenda agenda, long start, int drift) : ILocalClock
{
    private readonly long _poweredOn = agenda.Now;

    public long Microseconds
    {
        get
        {
            var since = agenda.Now - _poweredOn;
            return start + since + (since * drift / 1_000_000);
        }
    }

    /// <summary>What the real-time clock was set to, as Unix ms, and the true µs at which that was done.</summary>
    public (long Shown, long At) Kept { get; private set; }

    public void Keep(long unixMilliseconds) => Kept = (unixMilliseconds, agenda.Now);
}
