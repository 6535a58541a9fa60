using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Node.Virtual.Hardware;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Node.Tests.Program;

/// <summary>A virtual node's attempts to connect cost it what they cost the device.</summary>
public class ConnectingCostTests
{
    private readonly SettableTime _time = new();
    private readonly List<TimeSpan> _held = [];

    [Fact]
    public async Task Attempt_waits_for_leave_and_then_holds_the_node_for_its_handshake()
    {
        var may = false;
        var cost = new ConnectingCost(new NodeProfile { Handshake = 5 }, _time) { MayBegin = _ => may, StandStill = _held.Add };
        var paying = cost.PayAsync(CancellationToken.None);
        for (var look = 0; look < 3; look++)
        {
            await GoOnAsync(paying);
        }

        Assert.False(paying.IsCompleted);
        Assert.Empty(_held);
        may = true;
        await EndAsync(paying);

        Assert.True(await paying);
        Assert.Equal([TimeSpan.FromSeconds(5)], _held);
    }

    [Fact]
    public async Task Node_with_a_dead_name_server_comes_back_to_the_address_it_knows()
    {
        var cost = new ConnectingCost(new NodeProfile { DnsDead = true }, _time) { StandStill = _held.Add };
        Assert.True(await AttemptAsync(cost));
        cost.Connected();
        var found = new List<bool>();
        for (var attempt = 0; attempt < 7; attempt++)
        {
            found.Add(await AttemptAsync(cost));
            cost.Failed();
        }

        Assert.Equal([true, true, true, false, true, true, false], found);
        Assert.Equal(2, _held.Count(length => length == ConnectingCost.DeadLookUp));
    }

    [Fact]
    public async Task Attempt_of_a_node_without_faults_costs_nothing()
    {
        var cost = new ConnectingCost(new NodeProfile(), _time) { MayBegin = _ => false };

        Assert.True(await cost.PayAsync(CancellationToken.None));
    }

    [Fact]
    public void Standing_node_is_told_afterwards_in_order()
    {
        var told = new List<int>();
        var standstill = new Standstill(_time);
        standstill.Do(() => told.Add(1));
        standstill.Begin(TimeSpan.FromSeconds(3));
        standstill.Do(() => told.Add(2));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([1], told);
        Assert.Equal(TimeSpan.FromSeconds(1), standstill.Left);

        _time.Advance(TimeSpan.FromSeconds(1));
        standstill.Do(() => told.Add(3));
        standstill.End();

        Assert.Equal([1, 2, 3], told);
    }

    private async Task<bool> AttemptAsync(ConnectingCost cost)
    {
        var paying = cost.PayAsync(CancellationToken.None);
        await EndAsync(paying);
        return await paying;
    }

    private async Task EndAsync(Task paying)
    {
        while (!paying.IsCompleted)
        {
            await GoOnAsync(paying);
        }
    }

    private async Task GoOnAsync(Task paying)
    {
        await Poll.UntilAsync("it waits or has ended", () => paying.IsCompleted || _time.NextAlarm > _time.GetUtcNow());
        if (_time.NextAlarm is { } next && next > _time.GetUtcNow())
        {
            _time.Advance(next - _time.GetUtcNow());
        }
    }
}
