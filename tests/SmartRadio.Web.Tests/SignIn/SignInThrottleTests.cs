using SmartRadio.Testing.Clock;
using SmartRadio.Web.SignIn;

namespace SmartRadio.Web.Tests.SignIn;

public sealed class SignInThrottleTests
{
    private readonly SettableTime _time = new(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(7)));
    private readonly SignInThrottle _throttle;

    public SignInThrottleTests() => _throttle = new SignInThrottle(_time);

    [Fact]
    public void Tries_side_by_side_are_no_more_than_one_after_the_other()
    {
        var taken = 0;

        Parallel.For(0, 64, _ => Interlocked.Add(ref taken, Take("ADMIN", "10.0.0.1") ? 1 : 0));

        Assert.Equal(5, taken);
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

    private bool Take(string name, string from) => _throttle.Take(new SignInTry(name, from, IsKnown: false)) == TimeSpan.Zero;
}
