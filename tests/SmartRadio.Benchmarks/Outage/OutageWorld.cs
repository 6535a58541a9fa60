using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Protocol;
using SmartRadio.Simulation.Controller;
using SmartRadio.Simulation.Invariants;
using SmartRadio.Simulation.Network;
using SmartRadio.Simulation.Nodes;
using SmartRadio.Simulation.World;

namespace SmartRadio.Benchmarks.Outage;

/// <summary>
/// Many real nodes and the real controller in virtual time, and a cut of all nodes' lines while one bulletin is on the air,
/// others are due, and one is on its way.
/// </summary>
internal sealed class OutageWorld : IDisposable
{
    /// <summary>Room for all four bulletins.</summary>
    private const long FlashBytes = 4 * 1024 * 1024;

    private const int WorstDrift = 40;

    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>A node tries again at most so long after the line is there, as the virtual node's client does.</summary>
    private static readonly TimeSpan ReconnectWithin = 20 * Second;

    private readonly Agenda _agenda = new(Morning.ToUnixTimeMilliseconds() * 1000);
    private readonly Headquarters _house;
    private readonly List<SimulatedNode> _nodes = [];
    private readonly Chance _chance;
    private readonly SimulatedStudio _studio;
    private readonly long _commune;

    /// <param name="nodes">How many.</param>
    /// <param name="weather">What lines do to messages while they are there.</param>
    /// <param name="seed">All chance.</param>
    public OutageWorld(int nodes, Weather weather, int seed)
    {
        _chance = Chance.For(seed, "outage");
        var broker = new Broker(_agenda, Chance.For(seed, "network"), new Trace());
        _house = new Headquarters(_agenda, broker);
        _studio = new SimulatedStudio(_house, Chance.For(seed, "studio"));
        _commune = _studio.MakeAreas().Commune;
        for (var number = 0; number < nodes; number++)
        {
            var chance = Chance.For(seed, $"node {number}");
            var traits = new NodeTraits(
                chance.Bytes(WireSizes.NodeIdLength), chance.Bytes(WireSizes.KeyLength),
                chance.Between(-WorstDrift, WorstDrift + 1), KeepsTime: true, FlashBytes);
            _studio.Enrol(traits, _commune, lowData: false);
            var node = new SimulatedNode(_agenda, broker, traits, _house.Facts, chance);
            node.Line.Weather = weather;
            _nodes.Add(node);
        }
    }

    /// <summary>What the cut met, in the order of their starts.</summary>
    public List<(string Story, long Id)> Broadcasts { get; } = [];

    /// <summary>
    /// From the lines' return to the last receipt of what was played during the cut; null when they did not all come.
    /// </summary>
    public TimeSpan? ReceiptsIn { get; private set; }

    /// <summary>Lives through it.</summary>
    /// <param name="cut">How long the lines are away.</param>
    /// <exception cref="ViolationException">A node played what it must not.</exception>
    public void Live(TimeSpan cut)
    {
        _house.Start();
        foreach (var node in _nodes)
        {
            _agenda.After(_chance.Between(TimeSpan.Zero, Minute), () =>
            {
                node.PowerOn();
                node.LineUp();
            });
        }

        Run(6 * Minute);
        var goes = Now + (2 * Minute);
        Air("on the air when the lines went", 120, goes - Minute, 5 * Second);
        Air("due while they were away", 60, goes + (cut / 2), 5 * Second);
        Run(goes - (2 * Second) - Now);
        Air("on its way when they went, due while they were away, may start until they are back", 60, goes + (cut / 4), cut);
        Air("on its way when they went, due after", 60, goes + cut + (4 * Minute), 5 * Second);
        Run(2 * Second);

        _nodes.ForEach(node => node.LineDown());
        Run(cut);
        _nodes.ForEach(node => _agenda.After(_chance.Between(TimeSpan.Zero, ReconnectWithin), node.LineUp));
        var back = Now;
        while (ReceiptsIn is null && Now < back + (4 * Minute))
        {
            Run(Second / 5);
            ReceiptsIn = HasAll(Broadcasts[0].Id) && HasAll(Broadcasts[1].Id) ? Now - back : null;
        }

        Run(back + (15 * Minute) - Now);
    }

    public OutageCount Count(long broadcast)
    {
        using var db = _house.Open();
        var made = db.Broadcasts.AsNoTracking().Include(b => b.Targets).Single(b => b.Id == broadcast);
        var targets = made.Targets.ToDictionary(target => target.NodeId, StringComparer.Ordinal);
        var count = new OutageCount();
        foreach (var node in _nodes)
        {
            var heard = node.Sound.Of(broadcast);
            var target = targets[node.Name];
            var length = _house.Sounds[target.ObjectId!].Codes.Length;
            count.Lost += heard.Samples < length || target.State != TargetState.Played || target.Samples != heard.Samples ? 1 : 0;
            count.Doubled += heard.Starts > 1 || heard.Samples > length ? 1 : 0;
            count.Late += target.StartedAt > made.LatestStart ? 1 : 0;
            count.Behind.Add(((target.StartedAt ?? made.LatestStart) - made.Start).TotalMilliseconds);
        }

        return count;
    }

    public void Dispose() => _house.Dispose();

    private DateTimeOffset Now => DateTimeOffset.UnixEpoch.AddTicks(_agenda.Now * TimeSpan.TicksPerMicrosecond);

    private void Air(string story, int seconds, DateTimeOffset start, TimeSpan tolerance)
    {
        var request = new AirRequest(
            _studio.Record(seconds), BroadcastClass.Normal, new Audience([_commune], []), start, tolerance);
        _house.Run!.Ask(
            async () =>
                Broadcasts.Add(
                    (story, (await _house.Run.Get<AirBulletin>()
                        .HandleAsync(request, SimulatedStudio.Officer, CancellationToken.None)).Id)));
    }

    /// <summary>Whether the controller holds all four receipts of every node: received, verified, started, finished.</summary>
    private bool HasAll(long broadcast)
    {
        using var db = _house.Open();
        return db.Receipts.Count(row => row.BroadcastId == broadcast) == 4 * _nodes.Count;
    }

    private void Run(TimeSpan span)
    {
        var end = _agenda.Now + span.Microseconds();
        while (_agenda.Step(end))
        {
            if (_house.Facts.Broken is { } broken)
            {
                throw broken;
            }
        }
    }
}
