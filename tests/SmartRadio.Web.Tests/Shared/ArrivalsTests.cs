using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Repeats;

namespace SmartRadio.Web.Tests.Shared;

/// <summary>However many requests come at one instant, few are on their way at once, and a stop waits for none.</summary>
public sealed class ArrivalsTests : IDisposable
{
    private readonly SettableTime _time = new();
    private readonly Arrivals _arrivals;
    private readonly TaskCompletionSource _way = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _work = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;

    public ArrivalsTests() => _arrivals = new(_time);

    [Fact]
    public async Task Those_who_look_wait_until_a_way_is_over_and_not_for_the_work()
    {
        var all = Enumerable.Range(0, Arrivals.AtOnce + 3).Select(_ => EnterAsync("GET")).ToList();
        Assert.Equal(Arrivals.AtOnce, _begun);

        _way.SetResult();
        await BegunAsync(Arrivals.AtOnce + 3);

        Assert.DoesNotContain(all, task => task.IsCompleted);
        _work.SetResult();
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task Who_acts_stands_in_another_line_and_a_stop_in_none()
    {
        var all = Enumerable.Range(0, Arrivals.AtOnce + 3).Select(_ => EnterAsync("GET")).ToList();

        all.Add(EnterAsync("POST"));
        Assert.Equal(Arrivals.AtOnce + 1, _begun);
        all.AddRange(Enumerable.Range(0, Arrivals.AtOnce).Select(_ => EnterAsync("POST")));
        Assert.Equal(2 * Arrivals.AtOnce, _begun);
        all.Add(EnterAsync("POST", new AlwaysCarriedOut()));

        Assert.Equal((2 * Arrivals.AtOnce) + 1, _begun);
        _way.SetResult();
        _work.SetResult();
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task One_that_stays_on_its_way_holds_up_the_others_for_half_a_second()
    {
        var all = Enumerable.Range(0, Arrivals.AtOnce + 1).Select(_ => EnterAsync("GET")).ToList();

        _time.Advance(TimeSpan.FromMilliseconds(500));

        await BegunAsync(Arrivals.AtOnce + 1);
        _way.SetResult();
        _work.SetResult();
        await Task.WhenAll(all);
    }

    public void Dispose() => _arrivals.Dispose();

    private Task<int> BegunAsync(int count) =>
        Poll.UntilAsync($"{count} are in", () => Task.FromResult(Volatile.Read(ref _begun)), begun => begun == count);

    private Task EnterAsync(string method, params object[] marks)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddSingleton(_arrivals).BuildServiceProvider(),
        };
        context.Request.Method = method;
        context.SetEndpoint(new Endpoint(requestDelegate: null, new EndpointMetadataCollection(marks), displayName: null));
        return Arrivals.EnterAsync(context, async way =>
        {
            Interlocked.Increment(ref _begun);
            await _way.Task;
            await Arrivals.LeaveAsync(way, _ => _work.Task);
        });
    }
}
