using System.Net;
using System.Net.Http.Json;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Nodes;

/// <summary>A node's volume by time of day, on its page and over the API.</summary>
public sealed class VolumeOfNodeTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Steps_are_set_on_the_page_and_one_without_a_percent_goes()
    {
        using var client = radio.Program();
        var node = await client.NodeAsync(await client.AreaAsync());
        using var browser = await radio.SignedInAsync("vi");
        await browser.OpenAsync($"/nodes/{node}");
        Assert.Contains("Đang áp dụng theo giờ: như nhau cả ngày", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync(
            $"/nodes/{node}", ("_handler", "volume"), ("percent", "70"), ("volume-from", "17:00"), ("volume-percent", "120"),
            ("volume-from", "05:00"), ("volume-percent", "60"));
        Assert.Contains("Đang áp dụng theo giờ: 05:00 60 % · 17:00 120 %", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"05:00\"", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync(
            $"/nodes/{node}", ("_handler", "volume"), ("percent", "70"), ("volume-from", "05:00"), ("volume-percent", "60"),
            ("volume-from", "17:00"), ("volume-percent", string.Empty));
        Assert.Contains("Đang áp dụng theo giờ: 05:00 60 %<", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_that_cannot_be_are_refused_and_stay_as_typed()
    {
        using var client = radio.Program();
        var node = await client.NodeAsync(await client.AreaAsync());
        using var browser = await radio.SignedInAsync("vi");
        await browser.OpenAsync($"/nodes/{node}");
        var state = await radio.StateAsync();

        await browser.SendAsync(
            $"/nodes/{node}", ("_handler", "volume"), ("percent", "70"), ("volume-from", "05:00"), ("volume-percent", "205"));

        Assert.Contains("tối đa 8 mốc", browser.Refusal(), StringComparison.Ordinal);
        Assert.Contains("value=\"205\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal(state, await radio.StateAsync());
    }

    [Fact]
    public async Task Programs_set_and_read_them()
    {
        using var client = radio.Program();
        var node = await client.NodeAsync(await client.AreaAsync());
        Task<HttpResponseMessage> PutAsync(int percent) => client.PutAsync(
            new Uri($"/api/v1/nodes/{node}/volume", UriKind.Relative),
            JsonContent.Create(new { percent = 70, dayVolume = new[] { new { from = "17:00", percent } } }));

        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(120)).StatusCode);
        var answer = await (await client.FetchAsync($"/api/v1/nodes/{node}")).JsonAsync();
        Assert.Equal(70, answer.GetProperty("volume").GetInt32());
        var step = Assert.Single(answer.GetProperty("dayVolume").EnumerateArray().ToList());
        Assert.Equal("17:00:00", step.GetProperty("from").GetString());
        Assert.Equal(120, step.GetProperty("percent").GetInt32());
        await (await PutAsync(5)).ProblemAsync(HttpStatusCode.UnprocessableEntity, "DayVolumeOutOfRange");
    }
}
