using SmartRadio.Testing.Clock;

namespace SmartRadio.Testing.Tests.Clock;

public sealed class PollTests
{
    [Fact]
    public async Task Poll_gives_what_it_saw_when_it_was_good()
    {
        var looks = 0;

        Assert.Equal(3, await Poll.UntilAsync("three looks", () => Task.FromResult(++looks), static seen => seen == 3));
        Assert.Equal(3, looks);
    }

    [Fact]
    public async Task Poll_names_what_did_not_come_and_what_it_saw_last()
    {
        var failure = await Assert.ThrowsAsync<TimeoutException>(
            () => Poll.UntilAsync(
                "rain", () => Task.FromResult("sun"), static seen => seen == "rain", TimeSpan.FromMilliseconds(5)));

        Assert.Equal("Not in time: rain. Last seen: sun", failure.Message);
    }

    [Fact]
    public async Task Poll_throws_what_the_look_throws() =>
        await Assert.ThrowsAsync<FormatException>(() => Poll.UntilAsync("it", bool () => throw new FormatException()));

    [Fact]
    public async Task Poll_waits_for_an_instant()
    {
        var instant = DateTimeOffset.UtcNow.AddMilliseconds(30);

        await Poll.UntilAsync(instant);

        Assert.True(DateTimeOffset.UtcNow >= instant);
    }
}
