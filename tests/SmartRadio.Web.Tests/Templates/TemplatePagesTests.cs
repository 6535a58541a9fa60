using System.Net;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Templates;

/// <summary>Templates by the pages: chosen, filled, kept, removed.</summary>
public sealed class TemplatePagesTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Blanks_are_filled_into_the_text_that_is_spoken()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/bulletins/new");
        Assert.Contains("href=\"/bulletins/new?template=meeting\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/bulletins/new?template=meeting");
        Assert.Contains("[giờ]", browser.Page, StringComparison.Ordinal);

        await browser.OpenAsync(
            "/bulletins/new?template=meeting&blank=th%C3%B4n+%C4%90%C3%B4ng&blank=7h30&blank=20%2F11&blank=&blank=thu+gom");

        Assert.Contains("các hộ gia đình thôn Đông đến dự họp vào 7h30 ngày 20/11, tại [địa điểm]", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Mời họp thôn\"", browser.Page, StringComparison.Ordinal);
        Assert.Matches("name=\"blank\" value=\"7h30\"", browser.Page);
    }

    [Fact]
    public async Task Text_with_a_blank_left_is_not_spoken()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/bulletins/new?template=meeting");

        await browser.SendAsync(
            "/bulletins/new", ("_handler", "speech"), ("template", "meeting"), ("spoken-title", "Họp"),
            ("text", "Họp lúc [giờ] tại [địa điểm]."), ("voice", "north"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("[giờ], [địa điểm]", browser.Refusal(), StringComparison.Ordinal);
        Assert.Contains(">Họp lúc [giờ] tại [địa điểm].</textarea>", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync(
            "/bulletins/new", ("_handler", "speech"), ("spoken-title", "Họp"), ("text", "Họp lúc [giờ]."), ("voice", "north"));
        Assert.StartsWith("/bulletins/", browser.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_long_a_text_is_refused_for_that_and_few_of_many_blanks_are_named()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/bulletins/new?template=meeting");
        var blanks = string.Join(' ', Enumerable.Range(1, 12).Select(blank => $"[chỗ {blank}]"));

        await SpeakAsync(blanks + new string('x', 20_000));
        Assert.Contains("text is too long", browser.Refusal(), StringComparison.Ordinal);
        await SpeakAsync(blanks);
        Assert.Contains("[chỗ 10]", browser.Refusal(), StringComparison.Ordinal);
        Assert.DoesNotContain("[chỗ 11]", browser.Refusal(), StringComparison.Ordinal);

        Task SpeakAsync(string text) => browser.SendAsync(
            "/bulletins/new", ("_handler", "speech"), ("template", "meeting"), ("spoken-title", "Họp"), ("text", text),
            ("voice", "north"));
    }

    [Fact]
    public async Task Own_template_is_kept_changed_and_removed()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/templates");
        await browser.SendAsync("/templates", ("_handler", "template"), ("title", "Chợ phiên"), ("text", "Chợ họp ngày [ngày]."));
        Assert.Contains("The template was saved.", browser.Page, StringComparison.Ordinal);
        using var client = radio.Program();
        var row = (await (await client.FetchAsync("/api/v1/templates")).JsonAsync()).EnumerateArray()
            .Single(each => each.GetProperty("title").GetString() == "Chợ phiên");
        var id = row.GetProperty("id").GetString()!;
        Assert.Equal("ngày", row.GetProperty("blanks")[0].GetString());
        await browser.OpenAsync($"/templates?edit={id}");
        Assert.Contains(">Chợ họp ngày [ngày].</textarea>", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync(
            "/templates", ("_handler", "template"), ("id", id), ("title", "Chợ phiên mới"), ("text", "Chợ họp [ngày]."));
        Assert.Contains("Chợ phiên mới", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/bulletins/new?template={id}");
        Assert.Contains(">Chợ họp [ngày].</textarea>", browser.Page, StringComparison.Ordinal);

        await browser.OpenAsync("/templates");
        await browser.SendAsync($"/templates/{id}/remove");
        Assert.DoesNotContain("Chợ phiên", browser.Page, StringComparison.Ordinal);
        await (await client.DeleteAsync(new Uri($"/api/v1/templates/{id}", UriKind.Relative)))
            .ProblemAsync(HttpStatusCode.NotFound, "UnknownTemplate");
    }

    [Fact]
    public async Task Text_of_a_bulletin_becomes_a_template()
    {
        using var client = radio.Program();
        var made = await (await client.PostAsync(
            "/api/v1/bulletins", new { title = "Chợ", text = "Mời bà con đi chợ.", voice = "north" })).JsonAsync(HttpStatusCode.Created);
        using var browser = await radio.SignedInAsync();

        await browser.OpenAsync($"/templates?from={made.GetProperty("id").GetInt64()}");

        Assert.Contains(">Mời bà con đi chợ.</textarea>", browser.Page, StringComparison.Ordinal);
    }
}
