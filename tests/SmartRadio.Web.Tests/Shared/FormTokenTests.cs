using System.Net;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared;

/// <summary>Another site cannot send our forms for somebody who is signed in here.</summary>
public sealed class FormTokenTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Theory]
    [InlineData("/sign-out", "")]
    [InlineData("/language", "")]
    [InlineData("/keys/1/revoke", "")]
    [InlineData("/areas/new", "area")]
    [InlineData("/keys", "key")]
    [InlineData("/people", "person")]
    [InlineData("/bulletins/new", "speech")]
    public async Task Form_without_the_token_of_a_page_is_refused(string path, string handler)
    {
        using var browser = await radio.SignedInAsync();
        var state = await radio.StateAsync();
        using var form = new FormUrlEncodedContent(
            [new("_handler", handler), new("name", "x"), new("language", "en"), new("back", "/")]);
        await browser.SendAsync(path, form);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("open too long", browser.Refusal(), StringComparison.Ordinal);
        Assert.Equal(state, await radio.StateAsync());
    }

    /// <summary>A token in a header would let a form through that nothing has read yet.</summary>
    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nA")]
    [InlineData("multipart/form-data", "--b--")]
    [InlineData("application/x-www-form-urlencoded", "_handler=area&name=A&level=A&code=header&parent=")]
    public async Task Token_in_a_header_lets_no_form_in(string type, string body)
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/areas/new");
        var state = await radio.StateAsync();
        browser.Http.DefaultRequestHeaders.Add("RequestVerificationToken", browser.TokenOfPage);
        using var form = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
        form.Headers.TryAddWithoutValidation("Content-Type", type);

        await browser.SendAsync("/areas/new", form);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Equal(state, await radio.StateAsync());
    }

    [Fact]
    public async Task Stop_without_the_token_of_a_page_leads_to_one_with_the_button()
    {
        using var browser = await radio.SignedInAsync();
        var state = await radio.StateAsync();
        using var form = new FormUrlEncodedContent([]);
        await browser.SendAsync("/stop-all", form);
        Assert.Equal("/stop", browser.Path);
        Assert.Equal(state, await radio.StateAsync());
        await browser.SendAsync("/stop-all");
        Assert.Contains("class=\"notice good\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_effect_once_and_say_so_on_the_page_they_stood_on()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/areas/new");
        await browser.SendAsync(
            "/areas/new", ("_handler", "area"), ("name", "Xã <b>Thử</b>"), ("level", "Xã"), ("code", "12345"));
        Assert.Equal("/areas", browser.Path);
        Assert.Contains("was added", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/areas");
        Assert.DoesNotContain("was added", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_what_people_wrote_as_text_and_never_as_markup()
    {
        using var program = radio.Program();
        await (await program.PostAsync(
            "/api/v1/areas", new { code = "xss", name = "<script>alert(1)</script>", level = "Xã" })).JsonAsync(
                HttpStatusCode.Created);
        using var browser = await radio.SignedInAsync();
        using var response = await browser.Http.GetAsync(new Uri("/areas", UriKind.Relative));
        var html = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_api_key_is_shown_once_works_and_can_be_revoked()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/keys");
        await browser.SendAsync("/keys", ("_handler", "key"), ("name", "IOC"), ("roles", "Monitor"), ("days", "30"));
        var start = browser.Page.IndexOf("sr_", StringComparison.Ordinal);
        var key = browser.Page.Substring(start, 46);
        using var program = radio.Stranger();
        program.DefaultRequestHeaders.Add("X-Api-Key", key);
        await (await program.FetchAsync("/api/v1/nodes")).JsonAsync();

        await browser.OpenAsync("/keys");
        Assert.DoesNotContain(key, browser.Page, StringComparison.Ordinal);
        var revoke = System.Text.RegularExpressions.Regex.Match(
            browser.Page, "/keys/[0-9]+/revoke", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        await browser.SendAsync(revoke);
        await (await program.FetchAsync("/api/v1/nodes")).ProblemAsync(HttpStatusCode.Unauthorized, "KeyNeeded");
    }
}
