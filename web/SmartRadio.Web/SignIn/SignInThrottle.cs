namespace SmartRadio.Web.SignIn;

/// <summary>One try to sign in, or to prove again who sits there.</summary>
/// <param name="Name">The account, in the form of <see cref="Controller.People.UserNameForm"/>; not only one that is there.</param>
/// <param name="From">Whence: a browser that signed in as the account before, or a network address.</param>
/// <param name="IsKnown">Whether it is such a browser.</param>
internal sealed record SignInTry(string Name, string From, bool IsKnown);

/// <summary>
/// Slows down whoever guesses passwords: of one account from one place, of one account from everywhere, and in all. A browser in
/// which the account signed in before is counted by itself alone, so that nobody keeps its owner out by guessing elsewhere: else
/// anyone could keep the administrator out of an emergency.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Tries that people need who mistype.</summary>
    private const int Free = 5;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string From), Failures> _places = [];
    private readonly Dictionary<string, Allowance> _accounts = new(StringComparer.Ordinal);
    private readonly Allowance _all = new(Most: 120, Refill: TimeSpan.FromSeconds(0.5));
    private DateTimeOffset _cleared;

    /// <summary>
    /// Counts a try before the password is looked at, in one step: tries side by side are no more than tries one after the other.
    /// </summary>
    /// <returns>Zero, or how long to wait; then the try is not counted and the password must not be looked at.</returns>
    public TimeSpan Take(SignInTry attempt)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            Forget(now);
            var failures = _places.GetValueOrDefault((attempt.Name, attempt.From));
            var wait = failures is null || failures.Until <= now ? TimeSpan.Zero : failures.Until - now;
            if (!attempt.IsKnown)
            {
                var account = AccountOf(attempt.Name);
                wait = new[] { wait, account.Wait(now), _all.Wait(now) }.Max();
                if (wait == TimeSpan.Zero)
                {
                    account.Take(now);
                    _all.Take(now);
                }
            }

            if (wait == TimeSpan.Zero)
            {
                var count = (failures?.Count ?? 0) + 1;
                _places[(attempt.Name, attempt.From)] = new Failures(count, now + PauseAfter(count));
            }

            return wait;
        }
    }

    /// <summary>The password was right: what was counted for it is forgotten.</summary>
    public void Succeeded(SignInTry attempt)
    {
        lock (_lock)
        {
            _places.Remove((attempt.Name, attempt.From));
            if (!attempt.IsKnown)
            {
                AccountOf(attempt.Name).GiveBack();
                _all.GiveBack();
            }
        }
    }

    private static TimeSpan PauseAfter(int failures) => failures < Free
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, failures - Free)));

    private Allowance AccountOf(string name) => _accounts.TryGetValue(name, out var account)
        ? account
        : _accounts[name] = new Allowance(Most: 50, Refill: TimeSpan.FromSeconds(30));

    // What is remembered is bounded by the tries in all: strangers add two a second, and each is forgotten after a while.
    private void Forget(DateTimeOffset now)
    {
        if (now - _cleared < TimeSpan.FromMinutes(1))
        {
            return;
        }

        _cleared = now;
        foreach (var old in _places.Where(each => each.Value.Until + Forgotten < now).Select(each => each.Key).ToList())
        {
            _places.Remove(old);
        }

        foreach (var full in _accounts.Where(each => each.Value.IsFull(now)).Select(each => each.Key).ToList())
        {
            _accounts.Remove(full);
        }
    }

    private sealed record Failures(int Count, DateTimeOffset Until);

    /// <summary>So many at once, then one each time it is refilled.</summary>
    private sealed record Allowance(int Most, TimeSpan Refill)
    {
        // When the last of what was taken is refilled.
        private DateTimeOffset _refilled;

        public TimeSpan Wait(DateTimeOffset now)
        {
            var over = _refilled - now - (Refill * (Most - 1));
            return over > TimeSpan.Zero ? over : TimeSpan.Zero;
        }

        public bool IsFull(DateTimeOffset now) => _refilled <= now;

        public void Take(DateTimeOffset now) => _refilled = (_refilled > now ? _refilled : now) + Refill;

        public void GiveBack() => _refilled -= Refill;
    }
}
