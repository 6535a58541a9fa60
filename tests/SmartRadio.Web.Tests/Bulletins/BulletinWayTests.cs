using System.Globalization;
using System.Net;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Bulletins;

/// <summary>A bulletin's way by the pages: heard, returned, approved by another person.</summary>
public sealed class BulletinWayTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Approver_who_has_not_listened_is_asked_once()
    {
        var (page, hash) = await WaitingAsync();
        using var browser = await ApproverAsync();
        await browser.OpenAsync(page);
        Assert.Contains("data-listened", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync(page, ("_handler", "approve"), ("heard", hash));
        // A script takes what is below 300 for done.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.StartsWith("You have not heard all of this bulletin", browser.Refusal(), StringComparison.Ordinal);
        Assert.Contains("Awaiting approval", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync(page, ("_handler", "approve"), ("heard", hash), ("unheard", "yes"), ("returned", "1"));
        Assert.Contains("was returned", browser.Refusal(), StringComparison.Ordinal);
        await browser.SendAsync(page, ("_handler", "approve"), ("heard", hash), ("unheard", "yes"), ("returned", "0"));
        Assert.Contains(">Approved<", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approver_who_has_listened_is_not_asked()
    {
        var (page, hash) = await WaitingAsync();
        using var browser = await ApproverAsync();
        await browser.OpenAsync(page);

        await browser.SendAsync(page, ("_handler", "approve"), ("heard", hash), ("listened", "yes"));

        Assert.Contains(">Approved<", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approver_sees_how_the_text_is_read()
    {
        using var client = radio.Program();
        var made = await (await client.PostAsync(
            "/api/v1/bulletins", new { title = "Họp", text = "Họp lúc 7h30 ngày 20/11.", voice = "north" }))
            .JsonAsync(HttpStatusCode.Created);
        using var browser = await ApproverAsync();

        await browser.OpenAsync(Page(made.GetProperty("id").GetInt64()));

        Assert.Contains("bảy giờ ba mươi", browser.Page, StringComparison.Ordinal);
        // The words of the area may have changed since it was spoken.
        Assert.Contains("would be read today; the sound may differ", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Returned_bulletin_shows_its_remark_and_is_found_by_its_state()
    {
        var (page, _) = await WaitingAsync("Tin trả lại");
        using var browser = await ApproverAsync();
        await browser.OpenAsync(page);
        await browser.SendAsync(page, ("_handler", "return"), ("remark", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("Say what is to be mended", browser.Refusal(), StringComparison.Ordinal);

        await browser.SendAsync(page, ("_handler", "return"), ("remark", "Thiếu <b>giờ</b>"));

        Assert.Contains("Thiếu <b>giờ</b>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Returned to its author.", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/bulletins?state=returned&q=TRA+lai");
        Assert.Contains($"href=\"{page}\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/bulletins?state=waiting");
        Assert.DoesNotContain($"href=\"{page}\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Author_finds_what_was_returned_on_the_home_page()
    {
        var (page, _) = await WaitingAsync("Tin cần sửa");
        using var author = await radio.SignedInAsync();
        using var approver = await ApproverAsync();
        await approver.OpenAsync(page);
        await approver.SendAsync(page, ("_handler", "return"), ("remark", "Ghi lại chỗ ồn"));

        await author.OpenAsync("/");
        Assert.Matches($"href=\"{page}\"(.|\n)*Returned(.|\n)*Tin cần sửa(.|\n)*Ghi lại chỗ ồn", author.Page);
        await approver.OpenAsync("/");
        Assert.DoesNotContain("Ghi lại chỗ ồn", approver.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_opens_no_form_but_the_one_that_was_sent()
    {
        var (page, _) = await WaitingAsync();
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync(page);
        Assert.Contains("value=\"delete\"", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync(page, ("_handler", "return"), ("remark", " "));

        Assert.NotNull(browser.Refusal());
        Assert.DoesNotMatch("<details class=\"card\" open", browser.Page);
    }

    private static string Page(long id) => string.Create(CultureInfo.InvariantCulture, $"/bulletins/{id}");

    private async Task<Browser> ApproverAsync() =>
        await radio.SignInAsync(await radio.AddAccountAsync(Role.Approver, area: null));

    private async Task<(string Page, string Hash)> WaitingAsync(string title = "Tin chờ")
    {
        using var client = radio.Program();
        var made = await (await client.UploadAsync(title, Sounds.Wav(2))).JsonAsync(HttpStatusCode.Created);
        return (Page(made.GetProperty("id").GetInt64()), made.GetProperty("hash").GetString()!);
    }
}
