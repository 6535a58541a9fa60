using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Hosting;

/// <summary>What a proxy says of the caller is believed of those that are named alone.</summary>
public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData("", "203.0.113.7", "127.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.7", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.0/8, 10.0.0.0/8", "198.51.100.1, 203.0.113.7, 10.1.1.1", "203.0.113.7")]
    public async Task Address_is_the_nearest_that_is_no_proxy(string proxies, string forwarded, string expected)
    {
        await using var radio = new RadioHost(("SmartRadio:Proxies", proxies));
        await radio.InitializeAsync();
        using var browser = radio.Browser();
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        await browser.OpenAsync("/sign-in");

        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));

        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        Assert.Equal(expected, IPAddress.Parse((await db.Sessions.SingleAsync()).Address).MapToIPv4().ToString());
    }

    [Fact]
    public async Task Host_that_a_proxy_passes_on_is_not_taken()
    {
        await using var radio = new RadioHost(("SmartRadio:Proxies", "127.0.0.1"));
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        await browser.OpenAsync("/people");

        await browser.SendAsync(
            "/people", ("_handler", "person"), ("display-name", "Lan"), ("user-name", "lan"), ("role", "Editor"), ("area", "all"));

        Assert.Contains("/invite#", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scheme_that_a_proxy_passes_on_makes_cookies_secure()
    {
        await using var radio = new RadioHost(("SmartRadio:Proxies", "127.0.0.1"));
        await radio.InitializeAsync();
        using var stranger = radio.Stranger();
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        stranger.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var page = await stranger.FetchAsync("/sign-in");

        Assert.All(
            page.Headers.GetValues("Set-Cookie"),
            cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.True(page.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Setting_that_names_no_address_stops_the_start()
    {
        await using var radio = new RadioHost(("SmartRadio:Proxies", "proxy.example"));

        var failure = StartFailure.From(await Assert.ThrowsAnyAsync<Exception>(() => radio.InitializeAsync().AsTask()));

        Assert.Contains("SmartRadio:Proxies", failure?.Message, StringComparison.Ordinal);
    }
}
