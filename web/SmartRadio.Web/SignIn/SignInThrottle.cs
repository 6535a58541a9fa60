using System.Collections.Concurrent;
using System.Net;

namespace SmartRadio.Web.SignIn;

/// <summary>
/// Slows down whoever guesses the password of one account from one address. Nobody is locked out by what somebody else does
/// elsewhere: else anyone could keep the administrator out of an emergency.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Tries that people need who mistype.</summary>
    private const int Free = 5;

    private const int MostRemembered = 10_000;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(string Name, IPAddress Address), Failures> _failures = new();

    /// <summary>How long to wait before the next try; zero = none.</summary>
    public TimeSpan Wait(string name, IPAddress? address) =>
        _failures.TryGetValue(Key(name, address), out var failures) && failures.Until > time.GetUtcNow()
            ? failures.Until - time.GetUtcNow()
            : TimeSpan.Zero;

    public void Failed(string name, IPAddress? address)
    {
        var now = time.GetUtcNow();
        if (_failures.Count >= MostRemembered)
        {
            foreach (var (key, failures) in _failures)
            {
                if (failures.Until + Forgotten < now)
                {
                    _failures.TryRemove(key, out _);
                }
            }
        }

        _failures.AddOrUpdate(
            Key(name, address),
            _ => new Failures(1, now),
            (_, before) => before.Until + Forgotten < now
                ? new Failures(1, now)
                : new Failures(before.Count + 1, now + PauseAfter(before.Count + 1)));
    }

    public void Succeeded(string name, IPAddress? address) => _failures.TryRemove(Key(name, address), out _);

    private static TimeSpan PauseAfter(int failures) => failures < Free
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, failures - Free)));

    private static (string Name, IPAddress Address) Key(string name, IPAddress? address) =>
        (name.Length > 256 ? string.Empty : name.ToUpperInvariant(), address ?? IPAddress.None);

    private sealed record Failures(int Count, DateTimeOffset Until);
}
