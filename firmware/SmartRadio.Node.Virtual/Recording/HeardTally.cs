using System.Globalization;

namespace SmartRadio.Node.Virtual.Recording;

/// <summary>What all the nodes of a process have heard, broadcast by broadcast.</summary>
internal sealed class HeardTally
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Row> _rows = [];

    /// <summary>Outputs on which a broadcast is playing now.</summary>
    public int Playing { get; private set; }

    /// <param name="broadcast">The broadcast.</param>
    /// <param name="instant">Unix milliseconds of its first sample.</param>
    /// <param name="again">The same node has begun it before.</param>
    public void Started(long broadcast, long instant, bool again)
    {
        lock (_gate)
        {
            Playing++;
            var row = RowOf(broadcast);
            if (!again)
            {
                row.Starts.Add(instant);
            }
        }
    }

    public void Ended(long broadcast, long samples, int gaps)
    {
        lock (_gate)
        {
            Playing--;
            var row = RowOf(broadcast);
            row.Samples.Add(samples);
            row.Gaps += gaps;
        }
    }

    /// <summary>
    /// A line for each broadcast that anybody heard: by how many, how much of it, and how far apart they began.
    /// </summary>
    /// <param name="nodes">How many could have heard it.</param>
    public IReadOnlyList<string> Lines(int nodes)
    {
        lock (_gate)
        {
            return [.. _rows.Where(row => row.Key > 0).Select(row => Line(row.Key, row.Value, nodes))];
        }
    }

    private static string Line(long broadcast, Row row, int nodes)
    {
        row.Starts.Sort();
        row.Samples.Sort();
        var whole = row.Samples.Count == 0 ? 0 : row.Samples.Count(samples => samples == row.Samples[^1]);
        var middle = row.Starts[row.Starts.Count / 2];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"broadcast {broadcast}: heard by {row.Starts.Count} of {nodes} nodes, missed by {nodes - row.Starts.Count}; "
            + $"{row.Samples.Count} ended, {whole} of them with all of {row.Samples.LastOrDefault()} samples, fewest {row.Samples.FirstOrDefault()}; "
            + $"began {row.Starts[0] - middle:+0;-0;0} to {row.Starts[^1] - middle:+0;-0;0} ms around the middle one; ring empty {row.Gaps} times");
    }

    private Row RowOf(long broadcast)
    {
        if (!_rows.TryGetValue(broadcast, out var row))
        {
            _rows[broadcast] = row = new Row();
        }

        return row;
    }

    private sealed class Row
    {
        public List<long> Starts { get; } = [];

        public List<long> Samples { get; } = [];

        public long Gaps { get; set; }
    }
}
