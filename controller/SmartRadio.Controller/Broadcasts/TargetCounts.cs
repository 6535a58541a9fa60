namespace SmartRadio.Controller.Broadcasts;

/// <summary>How many nodes in the reader's areas got how far with a broadcast.</summary>
public sealed class TargetCounts
{
    private readonly int[] _nodes = new int[Enum.GetValues<BroadcastProgress>().Length];

    /// <param name="nodes">How many nodes got how far; one progress may come several times.</param>
    /// <param name="isPart">See <see cref="IsPart"/>.</param>
    public TargetCounts(IEnumerable<(BroadcastProgress Progress, int Nodes)> nodes, bool isPart)
    {
        foreach (var (progress, count) in nodes)
        {
            _nodes[(int)progress] += count;
            Should += count;
        }

        IsPart = isPart;
    }

    /// <summary>Nodes that should play it.</summary>
    public int Should { get; }

    /// <summary>Nodes on which it sounds now.</summary>
    public int Sounding => this[BroadcastProgress.Sounding];

    /// <summary>Nodes that played it to the end.</summary>
    public int Played => this[BroadcastProgress.Heard];

    /// <summary>Nodes that did not play it to the end and will not, though nobody cancelled it there.</summary>
    public int Failed =>
        this[BroadcastProgress.HeardInPart] + this[BroadcastProgress.NotReached] + this[BroadcastProgress.Refused];

    /// <summary>It is to be heard outside the reader's areas too; the nodes there are not counted.</summary>
    public bool IsPart { get; }

    /// <summary>Nodes that got so far.</summary>
    public int this[BroadcastProgress progress] => _nodes[(int)progress];

    /// <summary>What all of them together say.</summary>
    /// <param name="state">What became of the broadcast as a whole.</param>
    internal BroadcastProgress ProgressOf(BroadcastState state)
    {
        var isHeard = Played + this[BroadcastProgress.HeardInPart] > 0;
        return this switch
        {
            { Sounding: > 0 } => BroadcastProgress.Sounding,
            _ when Should > 0 && Played == Should => BroadcastProgress.Heard,
            _ when isHeard => BroadcastProgress.HeardInPart,
            _ when state == BroadcastState.Stopped => BroadcastProgress.Cancelled,
            _ when state == BroadcastState.Planned && this[BroadcastProgress.Waiting] > 0 => BroadcastProgress.Waiting,
            _ when Should > 0 && this[BroadcastProgress.Refused] == Should => BroadcastProgress.Refused,
            _ => BroadcastProgress.NotReached,
        };
    }
}
