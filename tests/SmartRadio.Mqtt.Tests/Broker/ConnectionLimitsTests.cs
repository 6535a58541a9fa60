using System.Diagnostics;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Broker;

public sealed class ConnectionLimitsTests
{
    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_until_another_ends()
    {
        await using var broker = await TestBroker.StartAsync(options => options.MaxConnections = 2);
        using var first = await broker.SignInAsync("1");
        var silent = await broker.OpenAsync();
        await Poll.UntilAsync("a third is closed", async () =>
        {
            using var third = await broker.OpenAsync();
            return await IsClosedAsync(third);
        });

        silent.Dispose();

        await Poll.UntilAsync("its place is free", async () =>
        {
            using var next = await broker.OpenAsync();
            return !await IsClosedAsync(next);
        });
        await first.HearsNothingAsync();
    }

    /// <summary>
    /// Nothing, half a CONNECT, and a byte of one now and then: the time is from the opening to the whole packet.
    /// </summary>
    [Fact]
    public async Task Sign_in_that_never_ends_is_not_waited_for()
    {
        await using var broker = await TestBroker.StartAsync(options => options.SignInTimeout = TimeSpan.FromSeconds(1));
        using var silent = await broker.OpenAsync();
        using var half = await broker.OpenAsync();
        using var slow = await broker.OpenAsync();
        using var good = await broker.SignInAsync("good");
        var since = Stopwatch.GetTimestamp();
        await half.SendAsync(0x10, 0xF4, 0x03, 0, 4);
        await slow.SendAsync(0x10, 0x80, 0x1F);

        // A byte at each look: the other side closes nevertheless.
        await Poll.UntilAsync("the slow one is closed", async () =>
        {
            try
            {
                await slow.SendAsync(0);
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        });

        Assert.Empty(await silent.ReceiveUntilClosedAsync());
        Assert.Empty(await half.ReceiveUntilClosedAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(5));
        await good.HearsNothingAsync();
    }

    /// <summary>Whether the broker does not even let it ask: it would answer a CONNECT.</summary>
    private static async Task<bool> IsClosedAsync(RawClient client)
    {
        try
        {
            await client.SendAsync(RawClient.Connect("probe"));
            return await client.TryReceiveAsync() is null;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
