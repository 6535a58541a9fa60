using System.Globalization;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>How many nodes of a process stand how with the broker.</summary>
/// <param name="say">Takes a sentence at each change of a node; null when nobody wants each.</param>
internal sealed class FleetLinks(Action<string>? say = null)
{
    private readonly Lock _gate = new();
    private readonly int[] _counts = new int[Enum.GetValues<LinkState>().Length];
    private readonly string?[] _newest = new string?[Enum.GetValues<LinkState>().Length];

    /// <summary>Counts a node elsewhere, and keeps or says the sentence on it.</summary>
    public void Change(LinkState before, LinkState now, string? sentence)
    {
        lock (_gate)
        {
            _counts[(int)before]--;
            _counts[(int)now]++;
            _newest[(int)now] = sentence;
        }

        if (sentence is not null)
        {
            say?.Invoke(sentence);
        }
    }

    /// <summary>A line with the numbers.</summary>
    public string Counts(int nodes)
    {
        lock (_gate)
        {
            var counts = string.Create(CultureInfo.InvariantCulture, $"{_counts[(int)LinkState.Connected]} of {nodes} connected");
            foreach (var state in new[] { LinkState.Refused, LinkState.Unreachable })
            {
                var count = _counts[(int)state];
                counts += count > 0 ? string.Create(CultureInfo.InvariantCulture, $", {count} {state.ToString().ToLowerInvariant()}") : "";
            }

            return counts;
        }
    }

    /// <summary>What became of one of those who are refused or cannot reach the broker, as long as there are any.</summary>
    public IReadOnlyList<string> Examples()
    {
        lock (_gate)
        {
            return [.. new[] { LinkState.Refused, LinkState.Unreachable }.Where(state => _counts[(int)state] > 0).Select(state => _newest[(int)state]).OfType<string>()];
        }
    }
}
