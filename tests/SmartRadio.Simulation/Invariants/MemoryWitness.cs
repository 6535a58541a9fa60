using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Simulation.Invariants;

/// <summary>
/// Reads over the node's shoulder what it stores of itself: the plan in force and the counters that must not go back.
/// </summary>
internal sealed class MemoryWitness(string node)
{
    private readonly HashSet<long> _known = [];
    private (long Boots, long Command) _counters;

    /// <summary>The newest plan on the node's storage, which is the one in force; null = none yet.</summary>
    public Plan? Plan { get; private set; }

    public long Boots => _counters.Boots;

    /// <summary>Whether the broadcast ever stood in a plan that the node stored whole: then it owes an account of it.</summary>
    public bool Knew(long broadcast) => _known.Contains(broadcast);

    public void Stored(string name, byte[] content)
    {
        if (name.StartsWith("plan.", StringComparison.Ordinal))
        {
            Plan = Plan.Read(content[8..(8 + (int)new WireReader(content, 4, 4).U32())]) ?? Plan;
            _known.UnionWith((Plan?.Entries ?? []).Select(entry => entry.Broadcast));
        }
        else if (name.StartsWith("counters.", StringComparison.Ordinal))
        {
            Count(Slot(content));
        }
    }

    private void Count(WireReader reader)
    {
        var now = (Boots: reader.U32(), Command: reader.I64());
        if (now.Boots < _counters.Boots || now.Command < _counters.Command || now == _counters)
        {
            throw new ViolationException(Invariant.CountersRise, $"node {node} went from (boot, command) {_counters} to {now}");
        }

        _counters = now;
    }

    private static WireReader Slot(byte[] stored)
    {
        const int header = 8;
        var length = new WireReader(stored, 4, 4).U32();
        return new WireReader(stored, header, (int)length);
    }
}
