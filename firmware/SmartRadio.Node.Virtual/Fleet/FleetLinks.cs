using System.Globalization;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>How many nodes of a process stand how with the broker.</summary>
/// <param name="say">Takes a sentence at each change of a node; null when nobody wants each.</param>
internal sealed class FleetLinks(Action<string>? say = null)
{
    private static readonly LinkState[] Troubles = [LinkState.Lost, LinkState.Rejected,
        LinkState.Untrusted, LinkState.Unreachable];

    private readonly Lock _gate = new();
    private readonly Dictionary<LinkNews, string?>[] _nodes = [.. Enum.GetValues<LinkState>()
        .Select(_ => new Dictionary<LinkNews, string?>())];

    /// <summary>Counts a node where it is now, and keeps and says the sentence on it.</summary>
    public void Change(LinkNews node, LinkState now, string? sentence)
    {
        lock (_gate)
        {
            Array.ForEach(_nodes, nodes => nodes.Remove(node));
            // A node that is away may never come back as the same.
            if (now != LinkState.Away)
            {
                In(now).Add(node, sentence);
            }
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
            var troubles = Troubles.Where(state => In(state).Count > 0)
                .Select(state => string.Create(CultureInfo.InvariantCulture, $", {In(state).Count} {Word(state)}"));
            return string.Create(CultureInfo.InvariantCulture, $"{In(LinkState.Connected).Count} of {nodes} connected")
                + string.Concat(troubles);
        }
    }

    /// <summary>What became of one of those in each kind of trouble.</summary>
    public IReadOnlyList<string> Examples()
    {
        lock (_gate)
        {
            return [.. Troubles.Select(state => In(state).Values.FirstOrDefault()).OfType<string>()];
        }
    }

    private static string Word(LinkState state) =>
        state == LinkState.Untrusted ? "not trusting the broker" : state.ToString().ToLowerInvariant();

    private Dictionary<LinkNews, string?> In(LinkState state) => _nodes[(int)state];
}
