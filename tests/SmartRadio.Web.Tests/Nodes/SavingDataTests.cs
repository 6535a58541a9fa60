using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Nodes;

/// <summary>Low-data mode and the monthly budget of a node, on its page and over the API.</summary>
public sealed class SavingDataTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task A_budget_is_set_on_the_page_and_shown_with_what_is_used()
    {
        using var client = radio.Program();
        var node = await client.NodeAsync(await client.AreaAsync());
        using var browser = await radio.SignedInAsync("vi");
        await browser.OpenAsync($"/nodes/{node}");
        Assert.Contains("0,0 MB, không giới hạn", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync($"/nodes/{node}", ("_handler", "data"), ("low-data", "true"), ("megabytes", "50"));
        Assert.Contains("Đã lưu cách dùng dữ liệu", browser.Page, StringComparison.Ordinal);
        Assert.Contains("name=\"low-data\" value=\"true\" checked", browser.Page, StringComparison.Ordinal);
        radio.Services.GetRequiredService<DataLedger>().Of(node).Add(12_300_000);
        await browser.OpenAsync($"/nodes/{node}");
        Assert.Contains("12,3 / 50,0 MB", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<progress max=\"50000000\" value=\"12300000\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Đã hết hạn mức", browser.Page, StringComparison.Ordinal);

        radio.Services.GetRequiredService<DataLedger>().Of(node).Add(50_000_000);
        await browser.OpenAsync($"/nodes/{node}");
        Assert.Contains("Đã hết hạn mức", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<progress max=\"50000000\" value=\"50000000\"", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync($"/nodes/{node}", ("_handler", "data"), ("megabytes", string.Empty));
        Assert.Contains("62,3 MB, không giới hạn", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("checked", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9", "Hãy nhập từ 10 đến 1000000 MB")]
    [InlineData("-5", "Hãy nhập từ 10 đến 1000000 MB")]
    [InlineData("nhiều", "megabytes")]
    public async Task A_budget_that_cannot_be_is_refused_with_a_sentence_and_stays_as_typed(string typed, string sentence)
    {
        using var client = radio.Program();
        var node = await client.NodeAsync(await client.AreaAsync());
        using var browser = await radio.SignedInAsync("vi");
        await browser.OpenAsync($"/nodes/{node}");
        var state = await radio.StateAsync();

        await browser.SendAsync($"/nodes/{node}", ("_handler", "data"), ("low-data", "true"), ("megabytes", typed));

        Assert.Contains(sentence, browser.Refusal(), StringComparison.Ordinal);
        Assert.Contains($"value=\"{typed}\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal(state, await radio.StateAsync());
    }

    [Fact]
    public async Task Programs_set_and_read_it()
    {
        using var client = radio.Program();
        var node = await client.NodeAsync(await client.AreaAsync());
        Task<HttpResponseMessage> PutAsync(string id, object body) =>
            client.PutAsync(new Uri($"/api/v1/nodes/{id}/data", UriKind.Relative), JsonContent.Create(body));

        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(node, new { lowData = true, megabytesAMonth = 2000 })).StatusCode);
        radio.Services.GetRequiredService<DataLedger>().Of(node).Add(77);
        var answer = await (await client.FetchAsync($"/api/v1/nodes/{node}")).JsonAsync();
        Assert.True(answer.GetProperty("lowData").GetBoolean());
        Assert.Equal(77, answer.GetProperty("dataUsed").GetInt64());
        Assert.Equal(2_000_000_000, answer.GetProperty("dataBudget").GetInt64());

        var refused = await (await PutAsync(node, new { lowData = true, megabytesAMonth = 3 })).ProblemAsync(
            HttpStatusCode.UnprocessableEntity, "DataBudgetOutOfRange");
        Assert.Contains(
            3.ToString(CultureInfo.InvariantCulture), refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await (await PutAsync("0123456789abcdef", new { lowData = true, megabytesAMonth = 300 })).ProblemAsync(
            HttpStatusCode.NotFound, "UnknownNode");
        await (await PutAsync(node, new { lowData = "perhaps" })).ProblemAsync(HttpStatusCode.BadRequest, "MalformedJson");
    }
}
