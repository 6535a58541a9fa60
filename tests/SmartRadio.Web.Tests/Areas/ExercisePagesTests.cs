using System.Net;
using System.Net.Http.Json;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Areas;

/// <summary>An exercise is begun and ended on an area's page, and every page says that there is one.</summary>
public sealed class ExercisePagesTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Every_page_says_it_to_those_of_the_area_until_it_ends()
    {
        using var program = radio.Program();
        var (area, other) = (await program.AreaAsync("Tân Hòa"), await program.AreaAsync());
        await program.NodeAsync(area);
        using var admin = await radio.SignInAsync(await radio.AddAccountAsync(Role.Administrator, area));
        using var editor = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area));
        using var stranger = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, other));

        await admin.OpenAsync($"/areas/{area}");
        await admin.SendAsync($"/areas/{area}/exercise/begin");
        Assert.Contains("The exercise has begun", admin.Page, StringComparison.Ordinal);
        await editor.OpenAsync("/bulletins");
        Assert.Contains("Tân Hòa has an exercise until", editor.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/exercise/end", editor.Page, StringComparison.Ordinal);
        await editor.SendAsync($"/areas/{area}/exercise/end");
        Assert.Equal(HttpStatusCode.Forbidden, editor.Status);
        await stranger.OpenAsync("/bulletins");
        Assert.DoesNotContain("has an exercise", stranger.Page, StringComparison.Ordinal);

        var bulletin = await program.ApprovedBulletinAsync();
        var aired = await (await program.PostAsync(
            "/api/v1/broadcasts", new { bulletinId = bulletin, @class = "normal", areas = new[] { area } })).JsonAsync(
            HttpStatusCode.Created);
        Assert.True(aired.GetProperty("isExercise").GetBoolean());
        await editor.OpenAsync($"/broadcasts/{aired.GetProperty("id").GetInt64()}");
        Assert.Contains("no loudspeaker sounds", editor.Page, StringComparison.Ordinal);
        var table = await editor.Http.GetStringAsync(new Uri("/broadcasts.csv", UriKind.Relative));
        Assert.DoesNotContain("Tin thử", table, StringComparison.Ordinal);

        Assert.Equal(
            HttpStatusCode.NoContent,
            (await program.PutAsJsonAsync(
                new Uri($"/api/v1/areas/{area}/exercise", UriKind.Relative), new { on = false })).StatusCode);
        await editor.OpenAsync("/bulletins");
        Assert.DoesNotContain("has an exercise", editor.Page, StringComparison.Ordinal);
    }
}
