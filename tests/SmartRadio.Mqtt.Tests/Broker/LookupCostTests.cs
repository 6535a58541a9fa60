using SmartRadio.Mqtt.Tests.Setting;

namespace SmartRadio.Mqtt.Tests.Broker;

/// <summary>
/// What a message costs depends on whom it is for, not on how many others are connected. It is counted, not timed.
/// </summary>
public sealed class LookupCostTests
{
    [Fact]
    public async Task Message_to_one_looks_at_no_more_among_2000_than_among_20()
    {
        await using var broker = await TestBroker.StartAsync();
        var clients = new List<RawClient>();
        var costs = new List<(long Levels, long Dropped)>();
        foreach (var count in new[] { 20, 2000 })
        {
            while (clients.Count < count)
            {
                var client = await broker.SignInAsync($"{clients.Count}");
                await client.SubscribeAsync($"sr/1/n/{clients.Count}/o/+");
                clients.Add(client);
            }

            var before = broker.Embedded.LevelsLooked;
            await clients[0].PublishAsync("sr/1/n/7/o/5", "x");
            costs.Add((broker.Embedded.LevelsLooked - before, broker.Metrics.Dropped));
            await clients[7].HearsAsync("x");
        }

        Assert.Equal(costs[0], costs[1]);
        Assert.InRange(costs[0].Levels, 1, 20);
        foreach (var client in clients)
        {
            await client.HearsNothingAsync();
            client.Dispose();
        }
    }
}
