using SmartRadio.Simulation.Attacker;
using SmartRadio.Simulation.Controller;
using SmartRadio.Simulation.Invariants;
using SmartRadio.Simulation.Network;
using SmartRadio.Simulation.Nodes;

namespace SmartRadio.Simulation.World;

/// <summary>What became of one world.</summary>
/// <param name="Seed">Its number.</param>
/// <param name="NodeWeeks">Nodes times weeks.</param>
/// <param name="Samples">Samples that left nodes and were checked, each one.</param>
/// <param name="Targets">Broadcasts times nodes that were settled.</param>
/// <param name="Deeds">Messages that the attacker put in or altered.</param>
/// <param name="Steps">Things that happened.</param>
/// <param name="Digest">The same only when the same happened.</param>
/// <param name="Violation">What did not hold, or null.</param>
public sealed record Outcome(
    int Seed, double NodeWeeks, long Samples, long Targets, long Deeds, long Steps, ulong Digest, ViolationException? Violation);

/// <summary>
/// A commune with its real nodes and its real controller, in virtual time, on one thread, all chance from one seed. Days of
/// storm alternate with a few hours of calm, at the end of which everything must have healed.
/// </summary>
internal sealed class SimulatedWorld : IDisposable
{
    private static readonly DateTimeOffset FirstDay = new(2026, 11, 22, 17, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan CalmLength = TimeSpan.FromHours(3);
    private static readonly TimeSpan SquallLength = TimeSpan.FromMinutes(4);

    private readonly Agenda _agenda = new(FirstDay.ToUnixTimeMilliseconds() * 1000);
    private readonly Trace _trace = new();
    private readonly List<SimulatedNode> _nodes = [];
    private readonly Chance _chance;
    private readonly Headquarters _house;
    private readonly Misfortune _misfortune;
    private readonly ClockJumps _clockJumps;
    private readonly Eavesdropper _attacker;
    private readonly Accounts _accounts;
    private readonly Staff _staff;
    private readonly long _end;

    private SimulatedWorld(int seed, int days, int nodes)
    {
        _end = _agenda.Now + TimeSpan.FromDays(days).Microseconds();
        _chance = Chance.For(seed, "world");
        var broker = new Broker(_agenda, Chance.For(seed, "network"), _trace);
        _house = new Headquarters(_agenda, broker);
        var studio = new SimulatedStudio(_house, Chance.For(seed, "studio"));
        var (commune, hamlets) = studio.MakeAreas();
        for (var number = 0; number < nodes; number++)
        {
            var traits = NodeTraits.Draw(Chance.For(seed, $"traits {number}"));
            studio.Enrol(traits, number % 5 == 0 ? commune : hamlets[number % 2], lowData: number % 3 == 0);
            _nodes.Add(new SimulatedNode(_agenda, broker, traits, _house.Facts, Chance.For(seed, $"node {number}")));
        }

        _misfortune = new Misfortune(_agenda, _house, _nodes, Chance.For(seed, "misfortune"));
        _clockJumps = new ClockJumps(_agenda, _house, Chance.For(seed, "clock"));
        _attacker = new Eavesdropper(_agenda, broker, Chance.For(seed, "attacker"), _nodes);
        _accounts = new Accounts(_agenda, _house, _nodes);
        _staff = new Staff(
            _agenda, _house, studio, Chance.For(seed, "staff"), commune, hamlets, _nodes.ConvertAll(node => node.Name));
    }

    /// <summary>Lives through a world.</summary>
    public static Outcome Run(int seed, int days, int nodes)
    {
        using var world = new SimulatedWorld(seed, days, nodes);
        ViolationException? violation = null;
        try
        {
            world.Live();
        }
        catch (ViolationException found)
        {
            violation = found;
        }

        return new Outcome(
            seed, nodes * days / 7.0, world._nodes.Sum(node => node.Sound.Samples),
            world._accounts.Targets, world._attacker.Deeds,
            world._agenda.Steps, world._trace.Digest, violation);
    }

    public void Dispose() => _house.Dispose();

    private void Live()
    {
        _misfortune.Calm();
        _misfortune.Begin();
        _clockJumps.Begin();
        _attacker.Begin();
        _agenda.After(TimeSpan.FromMinutes(10), _staff.Begin);
        _agenda.After(TimeSpan.FromHours(1), Storm);
        while (_agenda.Step(_end))
        {
            if (_house.Facts.Broken is { } broken)
            {
                throw broken;
            }
        }
    }

    private void Storm()
    {
        _misfortune.Storm();
        _attacker.IsActive = true;
        _staff.IsIdle = false;
        var length = _chance.Between(TimeSpan.FromHours(18), TimeSpan.FromHours(54)).Microseconds();
        var latest = _end - CalmLength.Microseconds();
        var shortest = latest - TimeSpan.FromHours(12).Microseconds();
        // The last storm lasts until the last calm.
        var calm = _agenda.Now + length > shortest ? latest : _agenda.Now + length;
        _agenda.At(calm - SquallLength.Microseconds(), Squall);
        _agenda.At(calm, Calm);
    }

    /// <summary>
    /// The end of a storm is its worst, and people go on changing plans: whoever loses one now must be sent it in the calm.
    /// </summary>
    private void Squall()
    {
        _misfortune.Squall();
        _agenda.After(SquallLength / 2, _staff.AirLater);
    }

    private void Calm()
    {
        _misfortune.Calm();
        _attacker.IsActive = false;
        _staff.IsIdle = true;
        _agenda.After(TimeSpan.FromMinutes(40), () => CheckPlans(retries: 2, () => { }));
        _agenda.After(TimeSpan.FromMinutes(45), Alert);
        _agenda.After(TimeSpan.FromMinutes(60), () => _staff.AirNow());
        _agenda.After(CalmLength - TimeSpan.FromMinutes(5), () => CheckPlans(retries: 2, Settle));
    }

    private void Alert()
    {
        var since = _agenda.Now;
        var emergency = _staff.Alert();
        _agenda.After(TimeSpan.FromMinutes(3), () => _accounts.CheckEmergency(emergency, since));
    }

    /// <summary>By now every node must hold the newest plan; one that is on its way just now is given a minute.</summary>
    private void CheckPlans(int retries, Action then)
    {
        var behind = _accounts.NodesBehind();
        if (behind.Count == 0)
        {
            then();
            return;
        }

        if (retries == 0)
        {
            throw new ViolationException(
                Invariant.NewestPlan, $"in a calm the newest plan is still not on {string.Join(", ", behind)}");
        }

        _agenda.After(TimeSpan.FromMinutes(1), () => CheckPlans(retries - 1, then));
    }

    private void Settle()
    {
        _accounts.CheckBroadcasts();
        if (_agenda.Now + TimeSpan.FromMinutes(10).Microseconds() < _end)
        {
            Storm();
        }
    }
}
