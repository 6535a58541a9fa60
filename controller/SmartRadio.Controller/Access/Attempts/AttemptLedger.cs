namespace SmartRadio.Controller.Access.Attempts;

/// <summary>
/// Counts refused tries in memory: a flood must not become writes. Each action has <see cref="MostRows"/> different ones between
/// two takes, so that mistakes in forms hide no refused password. Beyond them places are dropped, then accounts and addresses.
/// </summary>
public sealed class AttemptLedger
{
    /// <summary>Different tries of an action that are told apart between two takes.</summary>
    public const int MostRows = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<Attempt, long>> _actions = new(StringComparer.Ordinal);

    /// <param name="attempt">What was tried.</param>
    /// <param name="times">How often, at least 1.</param>
    public void Count(Attempt attempt, long times = 1)
    {
        lock (_lock)
        {
            var rows = _actions.TryGetValue(attempt.Action, out var known) ? known : _actions[attempt.Action] = [];
            if (IsFull(rows, attempt))
            {
                rows = _actions[attempt.Action] = WithoutPlaces(rows);
                attempt = attempt with { Place = string.Empty };
            }

            if (IsFull(rows, attempt))
            {
                attempt = new Attempt(attempt.Action, string.Empty, string.Empty);
            }

            rows[attempt] = rows.GetValueOrDefault(attempt) + times;
        }
    }

    /// <summary>Takes what was counted since the last call.</summary>
    public IReadOnlyList<(Attempt Attempt, long Times)> Take()
    {
        lock (_lock)
        {
            var taken = _actions.Values.SelectMany(rows => rows).Select(each => (each.Key, each.Value)).ToList();
            _actions.Clear();
            return taken;
        }
    }

    private static bool IsFull(Dictionary<Attempt, long> rows, Attempt attempt) =>
        rows.Count >= MostRows && !rows.ContainsKey(attempt);

    private static Dictionary<Attempt, long> WithoutPlaces(Dictionary<Attempt, long> rows) => rows
        .GroupBy(each => each.Key with { Place = string.Empty })
        .ToDictionary(same => same.Key, same => same.Sum(each => each.Value));
}
