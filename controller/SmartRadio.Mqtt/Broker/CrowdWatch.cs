namespace SmartRadio.Mqtt.Broker;

/// <summary>
/// Gives memory back after a crowd has come or gone: each greeting leaves twice as much garbage as a silent connection
/// needs, and with nobody saying anything the collector has no occasion of its own to clear it away.
/// </summary>
internal sealed class CrowdWatch
{
    private const int Crowd = 1_000;
    private const int QuietSweeps = 4;

    private int _settledAt;
    private int _last;
    private int _quiet;

    /// <summary>Told the number of connections at every sweep.</summary>
    public void Observe(int connections)
    {
        _quiet = connections == _last ? _quiet + 1 : 0;
        _last = connections;
        if (_quiet >= QuietSweeps && Math.Abs(connections - _settledAt) >= Crowd)
        {
            _settledAt = connections;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
