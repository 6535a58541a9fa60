using SmartRadio.Testing.Clock;
using SmartRadio.Web.SignIn;

namespace SmartRadio.Web.Tests.SignIn;

public sealed class SignInThrottleTests
{
    private readonly SettableTime _time = new(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(7)));
    private readonly SignInThrottle _throttle;

    public SignInThrottleTests() => _throttle = new SignInThrottle(_time);

    [Fact]
    public async Task Tries_side_by_side_are_counted_one_after_the_other()
    {
        using var clock = new MeetingPlace();
        using var start = new Barrier(2);
        var throttle = new SignInThrottle(clock);

        // Each looks at the clock before it counts; where both could do so at once, both would find the same count.
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                throttle.Take(new SignInTry("ADMIN", "10.0.0.1", IsKnown: false));
            },
            TaskCreationOptions.LongRunning)));

        Assert.False(clock.HaveMet);
    }

    [Fact]
    public void Account_is_paced_over_all_addresses()
    {
        var taken = Enumerable.Range(0, 100).Count(i => Take("ADMIN", $"10.0.0.{i}"));
        Assert.Equal(50, taken);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(2, Enumerable.Range(0, 100).Count(i => Take("ADMIN", $"10.0.1.{i}")));
    }

    [Fact]
    public void Owner_comes_in_while_the_account_is_guessed_elsewhere()
    {
        for (var i = 0; i < 300; i++)
        {
            Take("ADMIN", $"10.0.0.{i}");
        }

        Assert.False(Take("ADMIN", "10.9.9.9"));
        Assert.Equal(TimeSpan.Zero, _throttle.Take(new SignInTry("ADMIN", "device 1", IsKnown: true)));
    }

    [Fact]
    public void All_accounts_together_are_paced()
    {
        var taken = Enumerable.Range(0, 500).Count(i => Take($"P{i}", $"10.0.{i / 250}.{i % 250}"));

        Assert.Equal(120, taken);
    }

    [Fact]
    public void Right_password_gives_its_try_back()
    {
        for (var i = 0; i < 500; i++)
        {
            var attempt = new SignInTry("ADMIN", "10.0.0.1", IsKnown: false);
            Assert.Equal(TimeSpan.Zero, _throttle.Take(attempt));
            _throttle.Succeeded(attempt);
        }
    }

    [Fact]
    public void Wait_grows_to_five_minutes_and_is_forgotten()
    {
        for (var i = 0; i < 4; i++)
        {
            Assert.True(Take("ADMIN", "10.0.0.1"));
        }

        foreach (var wait in new[] { 15, 30, 60, 120, 240, 300, 300 })
        {
            Assert.True(Take("ADMIN", "10.0.0.1"));
            Assert.Equal(wait, _throttle.Take(new SignInTry("ADMIN", "10.0.0.1", IsKnown: false)).TotalSeconds);
            _time.Advance(TimeSpan.FromSeconds(wait));
        }

        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(5, Enumerable.Range(0, 9).Count(_ => Take("ADMIN", "10.0.0.1")));
    }

    /// <summary>A clock at which whoever comes first waits a moment for another.</summary>
    private sealed class MeetingPlace : TimeProvider, IDisposable
    {
        private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

        private readonly CountdownEvent _both = new(2);
        private int _there;

        public bool HaveMet { get; private set; }

        public override DateTimeOffset GetUtcNow()
        {
            if (_both.CurrentCount > 0)
            {
                Interlocked.Increment(ref _there);
                _both.Signal();
                _both.Wait(Moment);
                HaveMet |= Volatile.Read(ref _there) > 1;
                Interlocked.Decrement(ref _there);
            }

            return DateTimeOffset.UnixEpoch.AddDays(20_000);
        }

        public void Dispose() => _both.Dispose();
    }

    private bool Take(string name, string from) => _throttle.Take(new SignInTry(name, from, IsKnown: false)) == TimeSpan.Zero;
}
