using System.Net;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Clock;

/// <summary>The whole program on a machine whose clock is put a day ahead.</summary>
public sealed class ClockJumpOnPagesTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly RadioHost _radio = new();

    public ValueTask InitializeAsync() => _radio.InitializeAsync();

    public ValueTask DisposeAsync() => _radio.DisposeAsync();

    [Theory]
    [InlineData("vi", "Đồng hồ của máy chủ đã nhảy +24:00:00", "Đồng hồ này đúng")]
    [InlineData("en", "The server's clock has jumped by +24:00:00", "This clock is right")]
    public async Task Banner_stands_on_every_page_until_the_jump_is_confirmed(string language, string sentence, string button)
    {
        using var browser = await _radio.SignedInAsync(language);
        await browser.OpenAsync("/");
        Assert.DoesNotContain(sentence, browser.Page, StringComparison.Ordinal);
        _radio.Machine.Shift = Day;
        foreach (var page in new[] { "/", "/bulletins/new", "/areas", "/audit", "/no-such-page" })
        {
            await browser.OpenAsync(page);
            Assert.True(browser.Page.Contains(sentence, StringComparison.Ordinal) == (page != "/no-such-page"), browser.Page);
        }

        await browser.OpenAsync("/areas");
        Assert.Contains(button, browser.Page, StringComparison.Ordinal);
        await browser.SendAsync("/clock/confirm");

        Assert.DoesNotContain(sentence, browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(button, browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_lives_on_through_a_jump()
    {
        using var browser = await _radio.SignedInAsync();
        _radio.Machine.Shift = 30 * Day;

        await browser.OpenAsync("/areas");

        Assert.Equal("/areas", browser.Path);
    }

    [Fact]
    public async Task Api_shows_both_clocks_and_confirms()
    {
        using var program = _radio.Program();
        var clock = await (await program.FetchAsync("/api/v1/clock")).JsonAsync();
        Assert.Equal(("followed", 0), (clock.GetProperty("state").GetString(), clock.GetProperty("aheadSeconds").GetDouble()));
        await (await program.PostAsync("/api/v1/clock/confirm", new { })).ProblemAsync(HttpStatusCode.Conflict, "ClockFollowed");
        _radio.Machine.Shift = Day;

        clock = await (await program.FetchAsync("/api/v1/clock")).JsonAsync();

        Assert.Equal("jumped", clock.GetProperty("state").GetString());
        Assert.Equal(Day.TotalSeconds, clock.GetProperty("aheadSeconds").GetDouble(), tolerance: 1);
        var (machine, shown) = (clock.GetProperty("machine").GetDateTimeOffset(),
            clock.GetProperty("program").GetDateTimeOffset());
        Assert.InRange((machine - shown - Day).TotalSeconds, -1, 1);
        Assert.InRange((clock.GetProperty("followedAt").GetDateTimeOffset() - shown).TotalMinutes, 9, 10);
        Assert.Equal(HttpStatusCode.NoContent, (await program.PostAsync("/api/v1/clock/confirm", new { })).StatusCode);
        clock = await (await program.FetchAsync("/api/v1/clock")).JsonAsync();
        Assert.Equal("followed", clock.GetProperty("state").GetString());
        Assert.InRange((clock.GetProperty("program").GetDateTimeOffset() - machine).TotalMinutes, 0, 2);
    }
}
