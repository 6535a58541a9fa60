using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.SignIn;

/// <summary>The password that the console printed is for one sign-in.</summary>
public sealed class PrintedPasswordTests
{
    private const string Next = "loa xóm Thượng 5 giờ";

    [Fact]
    public async Task Everything_leads_to_a_new_password_until_it_is_chosen()
    {
        await using var radio = new RadioHost { HasPrintedPassword = true };
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        foreach (var path in new[] { "/", "/keys", "/bulletins/new", "/people" })
        {
            await browser.OpenAsync(path);
            Assert.Equal("/password", browser.Path);
        }

        Assert.Contains("for the first sign-in only", browser.Page, StringComparison.Ordinal);
        using var session = await browser.Http.GetAsync(new Uri("/live/session", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, session.StatusCode);
        await browser.SendAsync("/areas/new", ("_handler", "area"), ("level", "Xã"), ("name", "Thử"), ("code", "7070"));
        Assert.Equal("/password", browser.Path);

        await SendAsync(browser, radio.Password, radio.Password);
        Assert.Contains("must differ", browser.Refusal(), StringComparison.Ordinal);
        await SendAsync(browser, radio.Password, Next);
        Assert.Equal("/", browser.Path);
        await browser.OpenAsync("/areas");
        Assert.Equal("/areas", browser.Path);
        Assert.DoesNotContain("Thử", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_it()
    {
        await using var radio = new RadioHost { HasPrintedPassword = true };
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/stop");
        Assert.Equal("/stop", browser.Path);

        await browser.SendAsync("/stop-all");

        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        Assert.True(await db.Audit.AnyAsync(entry => entry.Action == "broadcast.stop-all"));
    }

    [Theory]
    [InlineData("smartradio2026")]
    [InlineData("password1234")]
    [InlineData("Thử Nghiệm 2026")]
    public async Task Guessable_password_is_refused_with_a_sentence(string next)
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var program = radio.Program();
        await program.AreaAsync("Thử Nghiệm");
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/password");

        await SendAsync(browser, radio.Password, next);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("easily guessed", browser.Refusal(), StringComparison.Ordinal);
    }

    private static Task SendAsync(Browser browser, string current, string next) =>
        browser.SendAsync("/password", ("_handler", "password"), ("proof", current), ("next", next));
}
