namespace SmartRadio.Controller.Delivery.Streams;

/// <summary>
/// The streams below emergency that go to each node now. A node has places for four: one of them stays free for an emergency,
/// however many broadcasts are aired at once.
/// </summary>
internal sealed class NodeStreams
{
    public const int MostBelowEmergency = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Takes a place at each node that has one; give them back to <see cref="Leave"/>.</summary>
    /// <returns>The nodes where there was one.</returns>
    public IReadOnlySet<string> Take(IEnumerable<string> nodeIds)
    {
        lock (_lock)
        {
            var taken = nodeIds.Where(nodeId => _open.GetValueOrDefault(nodeId) < MostBelowEmergency)
                .ToHashSet(StringComparer.Ordinal);
            foreach (var nodeId in taken)
            {
                _open[nodeId] = _open.GetValueOrDefault(nodeId) + 1;
            }

            return taken;
        }
    }

    public void Leave(IReadOnlySet<string> nodeIds)
    {
        lock (_lock)
        {
            foreach (var nodeId in nodeIds)
            {
                if (--_open[nodeId] == 0)
                {
                    _open.Remove(nodeId);
                }
            }
        }
    }
}
