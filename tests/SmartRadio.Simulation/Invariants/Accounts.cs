using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Reports;
using SmartRadio.Simulation.Controller;
using SmartRadio.Simulation.Network;
using SmartRadio.Simulation.Nodes;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Invariants;

/// <summary>
/// Settles accounts when the network has been calm for a while: by then each node must hold the newest plan, and the
/// controller must know of each broadcast what was really heard.
/// </summary>
internal sealed class Accounts(Agenda agenda, Headquarters house, IReadOnlyList<SimulatedNode> nodes)
{
    /// <summary>A broadcast is settled so long after its last possible end.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(20);

    /// <summary>In a calm everything works again after so long.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(30);

    /// <summary>
    /// On lines that lose one message in fifty, and with somebody altering others, a plan is on its node after so long: six
    /// heartbeats.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(90);

    /// <summary>
    /// Samples, at the highest rate, that a node may miss of a stream: 25 ms. A clock reply within the silence that is written
    /// before a start may show that the start is earlier than the silence ends; what lies before is not made up for.
    /// </summary>
    private const int LateJoin = 25 * 16;

    private readonly Dictionary<string, SimulatedNode> _nodes = nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
    private DateTimeOffset _checkedUntil = DateTimeOffset.UnixEpoch.AddYears(1);

    /// <summary>Broadcasts settled so far, each counted once a node.</summary>
    public long Targets { get; private set; }

    private DateTimeOffset Now => DateTimeOffset.UnixEpoch.AddTicks(agenda.Now * TimeSpan.TicksPerMicrosecond);

    public void CheckBroadcasts()
    {
        using var db = house.Open();
        var until = Now - Settled;
        var over = db.Broadcasts.AsNoTracking().Include(b => b.Targets)
            .Where(b => b.Start > _checkedUntil.AddHours(-2) && b.Start < until)
            .ToList()
            .FindAll(b => b.LatestStart + b.Length < until);
        _checkedUntil = until;
        foreach (var broadcast in over)
        {
            if (broadcast.State == BroadcastState.Planned)
            {
                throw new ViolationException(
                    Invariant.Accounting,
                    $"broadcast {broadcast.Id} is still open at {Now:u}, it was to start at {broadcast.Start:u}");
            }

            foreach (var target in broadcast.Targets)
            {
                Targets++;
                Check(broadcast, target);
            }
        }

        CheckReceipts(db);
    }

    /// <summary>Which nodes hold something else than the newest plan.</summary>
    public IReadOnlyList<string> NodesBehind()
    {
        if (house.Run is not { } run)
        {
            return ["controller"];
        }

        using var db = house.Open();
        var composed = run.Get<PlanComposer>()
            .ComposeAsync(db, _nodes.Keys.ToHashSet(StringComparer.Ordinal), CancellationToken.None);
        return [.. composed.GetAwaiter().GetResult().Where(item => !Holds(_nodes[item.Key].Memory.Plan, item.Value))
            .Select(item => item.Key)];
    }

    /// <summary>An emergency of calm times must have been heard whole on every node.</summary>
    /// <param name="broadcast">The emergency.</param>
    /// <param name="since">True µs at which it was asked for.</param>
    public void CheckEmergency(long broadcast, long since)
    {
        foreach (var node in nodes)
        {
            if (node.Flash.IsWorn)
            {
                // Worn storage gives silence; that is found out now, and by the next emergency it must have been mended.
                node.Flash.IsWorn = false;
                continue;
            }

            var length = house.Facts.Find(broadcast)!.Sounds[node.Name].Codes.Length;
            if (node.Sound.Of(broadcast).Samples < length - LateJoin)
            {
                throw new ViolationException(
                    Invariant.EmergencyHeard,
                    $"{node.Sound.Of(broadcast).Samples} of {length} samples of emergency {broadcast} were heard from node {node.Name}, asked for at {DateTimeOffset.FromUnixTimeMilliseconds(since / 1000):u}; it says {node.Receipts.Story(broadcast)}");
            }
        }
    }

    private static bool Holds(Plan? held, Plan newest) =>
        held is not null && held.Number == newest.Number && held.Volume == newest.Volume
        && (held.QuietFrom, held.QuietTo, held.MinutesPerDay) == (newest.QuietFrom, newest.QuietTo, newest.MinutesPerDay)
        && held.Volumes.Select(change => (change.From, change.Volume))
            .SequenceEqual(newest.Volumes.Select(change => (change.From, change.Volume)))
        && newest.Entries.All(
            entry => held.Entries.Any(other => other.Broadcast == entry.Broadcast && other.Start == entry.Start));

    private void Check(Broadcast broadcast, Target target)
    {
        var node = _nodes[target.NodeId];
        var heard = node.Sound.Of(broadcast.Id);
        var length = target.ObjectId is { } id ? house.Sounds[id].Codes.Length : 0;
        var created = broadcast.CreatedAt.ToUnixTimeMilliseconds() * 1000;
        var latest = broadcast.LatestStart.ToUnixTimeMilliseconds() * 1000;
        var agrees = target.State switch
        {
            TargetState.Played => heard.Samples > 0 && target.Samples == heard.Samples && heard.Samples <= length,
            TargetState.Interrupted => target.Reason != ReceiptReason.None && target.Samples <= heard.Samples,
            TargetState.Missed or TargetState.Rejected => target.Reason != ReceiptReason.None && heard.Samples == 0,
            TargetState.Unknown => heard.Samples == 0 && !node.Memory.Knew(broadcast.Id) && WasOutOfReach(node, created, latest),
            _ => false,
        };
        if (!agrees)
        {
            throw new ViolationException(
                Invariant.Accounting,
                $"broadcast {broadcast.Id} ({broadcast.Class} {broadcast.Start:u}, {broadcast.State}) on node {node.Name}: the controller says {target.State} {target.Reason} "
                + $"with {target.Samples} samples, {heard.Samples} of {length} were heard in {heard.Starts} starts; now {Now:u}; it says {node.Receipts.Story(broadcast.Id)}");
        }
    }

    /// <summary>
    /// The plan could not be brought to it in time: neither was all well from before it was made, nor were the lines fair for so
    /// long that a plan that was lost or altered must have been sent again.
    /// </summary>
    private bool WasOutOfReach(SimulatedNode node, long created, long latest)
    {
        var patient = latest - Patience.Microseconds();
        var wasWell = Cover(node.Line.CarriesAll, house.Line.CarriesAll, created - Recovery.Microseconds(), latest);
        return !wasWell && !(created <= patient && Cover(node.Line.Carries, house.Line.Carries, patient, latest));
    }

    private static bool Cover(Spells one, Spells other, long from, long to) => one.Cover(from, to) && other.Cover(from, to);

    private void CheckReceipts(RadioDb db)
    {
        foreach (var row in db.Receipts.AsNoTracking())
        {
            var stored = new Receipt
            {
                Number = row.Number,
                Broadcast = row.BroadcastId,
                Step = row.Step,
                Reason = row.Reason,
                Instant = row.Instant.ToUnixTimeMilliseconds(),
                Samples = row.Samples,
            };
            if (!_nodes[row.NodeId].Receipts.Contains(stored))
            {
                throw new ViolationException(
                    Invariant.TrueReceipts,
                    $"the controller holds receipt {row.Number} ({row.Step} of {row.BroadcastId}) that node {row.NodeId} never sent so");
            }
        }
    }
}
