using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Storage;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Broadcasts;

/// <summary>Stopping everywhere and in one area, by page and by API.</summary>
public sealed class StopPageTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Page_leads_from_a_province_to_its_communes_and_stops_there()
    {
        var (province, near, _) = await PlaceAsync();
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Monitor, province));

        await browser.OpenAsync("/stop");
        Assert.Contains("formaction=\"/stop-all\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Stop in Xã An Bình", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Stop in Xã Cát Hải", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Stop in Xã Thôn Hạ", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/areas/{province}/stop", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/stop?area={near}");
        Assert.Contains("Stop in Xã Thôn Hạ", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync($"/areas/{near}/stop");

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("Everything was stopped in Xã An Bình", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_all_have_heard_offers_no_cancelling()
    {
        using var program = radio.Program();
        var area = await program.AreaAsync();
        await program.NodeAsync(area);
        // It lies an hour ahead, so that nobody closes it meanwhile.
        var broadcast = await program.AiredAsync(area);
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync($"/broadcasts/{broadcast}");
        Assert.Contains("id=\"stop\"", browser.Page, StringComparison.Ordinal);

        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        await db.Targets.Where(target => target.BroadcastId == broadcast)
            .ExecuteUpdateAsync(set => set.SetProperty(target => target.State, TargetState.Played));
        await browser.OpenAsync($"/broadcasts/{broadcast}");

        Assert.DoesNotContain("id=\"stop\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Person_of_one_area_is_offered_the_one_button_alone()
    {
        var (_, _, far) = await PlaceAsync();
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, far));

        await browser.OpenAsync("/stop");
        Assert.Contains("formaction=\"/stop-all\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("formaction=\"/areas/", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync("/stop-all");
        Assert.Contains("on every loudspeaker in your areas", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Press_after_the_session_ended_leads_to_the_button_of_the_area()
    {
        var (province, near, _) = await PlaceAsync();
        var account = await radio.AddAccountAsync(Role.Monitor, province);
        using var browser = radio.Browser();
        using var nothing = new FormUrlEncodedContent([]);

        await browser.SendAsync($"/areas/{near}/stop", nothing);
        Assert.StartsWith("/sign-in?ended=true", browser.Path, StringComparison.Ordinal);
        Assert.Contains("CHƯA DỪNG", browser.Page, StringComparison.Ordinal);
        await browser.FillSignInAsync(account);

        Assert.Equal($"/stop?area={near}", browser.Path);
        Assert.Contains(
            $"class=\"stop huge\" form=\"actions\" formaction=\"/areas/{near}/stop\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("formaction=\"/stop-all\"", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync($"/areas/{near}/stop");
        Assert.Contains("Đã dừng mọi chương trình ở Xã An Bình", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_of_an_area_is_open_to_its_readers_and_has_its_stop()
    {
        var (_, near, far) = await PlaceAsync();
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, near));

        await browser.OpenAsync($"/areas/{near}");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains($"formaction=\"/areas/{near}/stop\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"minutes\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/areas/{far}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        await browser.SendAsync($"/areas/{far}/stop");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        Assert.Contains("not allowed", browser.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_stops_in_the_area_that_the_body_names()
    {
        var (province, near, far) = await PlaceAsync();
        var monitor = await radio.AddAccountAsync(Role.Monitor, near);
        using var admin = radio.Program();

        // On a busy machine the books may come later than the silence: then it says so, and is asked again.
        using var stopped = await Poll.UntilAsync(
            "the stop is recorded", () => monitor.Http.PostAsync("/api/v1/stop-all", new { areaId = near }),
            answer => answer.StatusCode != HttpStatusCode.Accepted);
        Assert.Equal(0, (await stopped.JsonAsync()).GetProperty("stopped").GetInt32());
        foreach (var area in new[] { province, far, 999_999 })
        {
            await (await monitor.Http.PostAsync("/api/v1/stop-all", new { areaId = area })).ProblemAsync(
                HttpStatusCode.Forbidden, "NotAllowed");
        }

        await (await admin.PostAsync("/api/v1/stop-all", new { areaId = 999_999 })).ProblemAsync(
            HttpStatusCode.UnprocessableEntity, "UnknownArea");
        // A misspelt area must not stop everything.
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync("/api/v1/stop-all", new { area = near })).StatusCode);
        using var none = await admin.PostAsync(new Uri("/api/v1/stop-all", UriKind.Relative), content: null);
        Assert.True(none.IsSuccessStatusCode);
    }

    private async Task<(long Province, long Near, long Far)> PlaceAsync()
    {
        using var admin = radio.Program();
        var province = await admin.AreaAsync();
        var near = await admin.AreaAsync("An Bình", province);
        await admin.AreaAsync("Thôn Hạ", near);
        return (province, near, await admin.AreaAsync("Cát Hải", province));
    }
}
