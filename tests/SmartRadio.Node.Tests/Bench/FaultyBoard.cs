using SmartRadio.Node.Link;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Tests.Bench;

/// <summary>
/// A board as the tool chain and the interpreter are: look-ups and handshakes stop every thread, and so does now and then what
/// nobody asked for. The link goes down as often as told, and the thread that connects asks the node first, as on the device.
/// </summary>
internal sealed class FaultyBoard(Station station, NodeProfile profile, Random chance)
{
    /// <summary>ms between looks whether the link may be brought up.</summary>
    private const int LongestWait = 250;

    private readonly KnownAddress _address = new();
    private readonly Backoff _backoff = new(2000, 60_000, new Spread(chance));
    private long _connectAt;
    private long _stallAt;

    /// <summary>Attempts that were made.</summary>
    public int Attempts { get; private set; }

    /// <summary>Attempts that looked the broker's name up in vain.</summary>
    public int DeadLookUps { get; private set; }

    /// <summary>ms between two losses of the link, on average.</summary>
    public int LinkLasts { get; init; } = 240_000;

    /// <summary>Lives until an instant in Unix milliseconds.</summary>
    public void LiveUntil(long instant)
    {
        var world = station.World;
        // It was connected once: its name server died afterwards.
        _address.Connected();
        _stallAt = world.Now + (chance.Next(profile.Stalls!.Every) * 1000L);
        var lostAt = world.Now + chance.Next(LinkLasts);
        while (world.Now < instant)
        {
            if (station.IsConnected && world.Now >= lostAt)
            {
                station.Disconnect();
                _connectAt = world.Now + _backoff.Next();
            }

            if (!station.IsConnected && world.Now >= _connectAt && MayConnect)
            {
                Connect();
                lostAt = world.Now + chance.Next(2 * LinkLasts);
            }

            if (world.Now >= _stallAt)
            {
                station.StandStill(profile.Stalls.Seconds * 1000L);
                _stallAt += profile.Stalls.Every * 1000L;
            }

            var wait = Math.Min(station.Node.Poll(), LongestWait);
            world.Advance((wait * 1000L) + 200);
        }
    }

    private bool MayConnect => station.Node.Calm.MayStall || (!_address.MustLookUp && station.Node.Calm.MayStallBriefly);

    private void Connect()
    {
        Attempts++;
        if (profile.DnsDead && _address.IsKnown && _address.MustLookUp)
        {
            DeadLookUps++;
            station.StandStill((long)ConnectingCost.DeadLookUp.TotalMilliseconds);
            Fail();
            return;
        }

        station.StandStill(profile.Handshake * 1000L);
        if (chance.Next(2) == 0)
        {
            Fail();
            return;
        }

        _address.Connected();
        _backoff.Succeeded();
        station.Connect();
    }

    private void Fail()
    {
        _address.Failed();
        station.Node.ConnectionFailed();
        _connectAt = station.World.Now + _backoff.Next();
    }

    private sealed class Spread(Random chance) : Node.Hardware.IJitter
    {
        public int Next(int bound) => chance.Next(bound);
    }
}
