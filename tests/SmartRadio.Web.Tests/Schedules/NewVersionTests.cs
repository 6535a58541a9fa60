using System.Net;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Schedules;

/// <summary>One press has the schedules of the version before air the new one.</summary>
public sealed class NewVersionTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Page_of_the_new_version_offers_it_to_whoever_may_write_there()
    {
        using var program = radio.Program();
        var area = await program.AreaAsync();
        await program.NodeAsync(area);
        var first = await program.ApprovedBulletinAsync();
        var schedule = (await (await program.PostAsync(
            "/api/v1/schedules",
            new
            {
                bulletinId = first,
                @class = "normal",
                areas = new[] { area },
                recurrence = "daily",
                from = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2),
                times = new[] { "12:00" },
            })).JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64();
        using var before = await radio.SignedInAsync();
        await before.OpenAsync($"/bulletins/{first}");
        Assert.DoesNotContain($"/bulletins/{first}/schedules", before.Page, StringComparison.Ordinal);

        var next = await program.NewVersionAsync(first);
        using var stranger = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, await program.AreaAsync()));
        await stranger.OpenAsync($"/bulletins/{next}");
        Assert.DoesNotContain($"/bulletins/{next}/schedules", stranger.Page, StringComparison.Ordinal);
        using var editor = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area));
        await editor.OpenAsync($"/bulletins/{next}");
        Assert.Contains($"href=\"/schedules/{schedule}\"", editor.Page, StringComparison.Ordinal);
        Assert.Contains($"formaction=\"/bulletins/{next}/schedules\"", editor.Page, StringComparison.Ordinal);
        await editor.SendAsync($"/bulletins/{next}/schedules");

        Assert.Contains("air this version from now on: 1.", editor.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/bulletins/{next}/schedules", editor.Page, StringComparison.Ordinal);
        var read = await (await program.FetchAsync($"/api/v1/schedules/{schedule}")).JsonAsync();
        Assert.Equal(next, read.GetProperty("bulletinId").GetInt64());
        var again = await (await program.PostAsync($"/api/v1/bulletins/{next}/schedules", new { })).JsonAsync();
        Assert.Equal(0, again.GetProperty("schedules").GetInt32());
        await (await program.PostAsync("/api/v1/bulletins/99999/schedules", new { })).ProblemAsync(
            HttpStatusCode.NotFound, "UnknownBulletin");
    }
}
