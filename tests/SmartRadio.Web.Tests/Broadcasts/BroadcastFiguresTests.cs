using System.Text.Json;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Broadcasts;

/// <summary>Figures of a broadcast count what the reader may see, and say so where that is a part.</summary>
public sealed class BroadcastFiguresTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const string Part = "Only loudspeakers in your areas are counted";

    [Fact]
    public async Task Reader_of_a_part_is_shown_the_figures_of_that_part()
    {
        var (_, near, far, broadcast) = await AiredAsync();
        var editor = await radio.AddAccountAsync(Role.Editor, near);

        var seen = await ReadAsync(editor.Http, broadcast);
        Assert.Equal((1, true), (seen.GetProperty("should").GetInt32(), seen.GetProperty("partial").GetBoolean()));
        Assert.Single(seen.GetProperty("receipts").EnumerateArray());
        Assert.Equal([near], seen.GetProperty("areas").EnumerateArray().Select(area => area.GetInt64()));
        using var answer = await editor.Http.FetchAsync($"/api/v1/broadcasts/{broadcast}/receipts");
        Assert.Equal("1", answer.Headers.GetValues("X-Total-Count").Single());
        await CheckListAsync(editor.Http, broadcast, should: 1, partial: true);
        using var browser = await radio.SignInAsync(editor);
        foreach (var page in new[] { $"/broadcasts/{broadcast}", "/broadcasts" })
        {
            await browser.OpenAsync(page);
            Assert.Contains(Part, browser.Page, StringComparison.Ordinal);
            Assert.DoesNotContain("3 loudspeakers", browser.Page, StringComparison.Ordinal);
        }

        // Nothing can be asked out of the other part.
        await (await editor.Http.FetchAsync($"/api/v1/broadcasts?area={far}")).JsonAsync();
        Assert.Empty((await (await editor.Http.FetchAsync($"/api/v1/broadcasts?area={far}")).JsonAsync()).EnumerateArray());
    }

    [Fact]
    public async Task Reader_of_the_whole_is_shown_all_without_a_remark()
    {
        var (province, _, _, broadcast) = await AiredAsync();
        var monitor = await radio.AddAccountAsync(Role.Monitor, province);

        var seen = await ReadAsync(monitor.Http, broadcast);
        Assert.Equal((3, false), (seen.GetProperty("should").GetInt32(), seen.GetProperty("partial").GetBoolean()));
        Assert.Equal(2, seen.GetProperty("areas").GetArrayLength());
        await CheckListAsync(monitor.Http, broadcast, should: 3, partial: false);
        using var browser = await radio.SignInAsync(monitor);
        await browser.OpenAsync($"/broadcasts/{broadcast}");
        Assert.DoesNotContain(Part, browser.Page, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ReadAsync(HttpClient http, long broadcast) =>
        await (await http.FetchAsync($"/api/v1/broadcasts/{broadcast}")).JsonAsync();

    private static async Task CheckListAsync(HttpClient http, long broadcast, int should, bool partial)
    {
        var row = (await (await http.FetchAsync("/api/v1/broadcasts")).JsonAsync()).EnumerateArray()
            .Single(each => each.GetProperty("id").GetInt64() == broadcast);
        Assert.Equal((should, partial), (row.GetProperty("should").GetInt32(), row.GetProperty("partial").GetBoolean()));
    }

    /// <summary>A broadcast to one node here and two there.</summary>
    private async Task<(long Province, long Near, long Far, long Broadcast)> AiredAsync()
    {
        using var admin = radio.Program();
        var province = await admin.AreaAsync();
        var (near, far) = (await admin.AreaAsync("Gần", province), await admin.AreaAsync("Xa", province));
        await admin.NodeAsync(near);
        await admin.NodeAsync(far);
        await admin.NodeAsync(far);
        return (province, near, far, await admin.AiredAsync(near, far));
    }
}
