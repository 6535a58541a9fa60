namespace SmartRadio.Controller.Access.Attempts;

/// <summary>
/// Counts refused tries in memory: a flood must not become writes. Beyond <see cref="MostRows"/> different ones between two takes
/// only their number is kept, by action, so that nobody fills the disk.
/// </summary>
public sealed class AttemptLedger
{
    /// <summary>Different tries that are told apart between two takes.</summary>
    public const int MostRows = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<Attempt, long> _counts = [];

    /// <param name="attempt">What was tried.</param>
    /// <param name="times">How often, at least 1.</param>
    public void Count(Attempt attempt, long times = 1)
    {
        lock (_lock)
        {
            var key = _counts.ContainsKey(attempt) || _counts.Count < MostRows
                ? attempt
                : new Attempt(attempt.Action, string.Empty, string.Empty);
            _counts[key] = _counts.GetValueOrDefault(key) + times;
        }
    }

    /// <summary>Takes what was counted since the last call.</summary>
    public IReadOnlyList<(Attempt Attempt, long Times)> Take()
    {
        lock (_lock)
        {
            var taken = _counts.Select(each => (each.Key, each.Value)).ToList();
            _counts.Clear();
            return taken;
        }
    }
}
