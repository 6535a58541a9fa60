using System.Net;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared;

/// <summary>A field that is read as one value stands in a form once.</summary>
public sealed class RepeatedFieldsTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Theory]
    [InlineData("/areas/new", "_handler=area&name=Xã&name=u&level=Xã&code=t&parent=")]
    [InlineData("/areas/new", "_handler=area&name=Xã&level=Xã&code=t&parent=&once=a&once=b")]
    [InlineData("/bulletins/new", "_handler=speech&title=t&title=u&text=Xin chào")]
    [InlineData("/people", "_handler=person&display-name=t&display-name=u&user-name=t&role=Editor&area=all")]
    [InlineData("/people/nobody/disable", "x=t&x=u")]
    [InlineData("/sign-in", "_handler=sign-in&name=t&name=u&password=p")]
    [InlineData("/language", "language=en&language=en&back=/")]
    public async Task Form_that_holds_it_twice_is_refused(string path, string fields)
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/people");
        var state = await radio.StateAsync();

        await browser.SendAsync(
            path, [.. fields.Split('&').Select(field => field.Split('=')).Select(field => (field[0], field[1]))]);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Equal(state, await radio.StateAsync());
    }

    [Fact]
    public async Task Two_files_under_one_name_are_refused()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/bulletins/new");
        using var form = TwoFiles();
        form.Add(new StringContent("bulletin"), "_handler");
        form.Add(new StringContent(browser.TokenOfPage), "__RequestVerificationToken");

        await browser.SendAsync("/bulletins/new", form);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        using var program = radio.Program();
        using var twice = TwoFiles();
        await (await program.PostAsync(new Uri("/api/v1/bulletins", UriKind.Relative), twice)).ProblemAsync(
            HttpStatusCode.BadRequest, "Malformed");
        using var titles = new MultipartFormDataContent
        {
            { new StringContent("t"), "title" }, { new StringContent("u"), "title" },
            { new ByteArrayContent(Sounds.Wav(1)), "file", "a.wav" },
        };
        await (await program.PostAsync(new Uri("/api/v1/bulletins", UriKind.Relative), titles)).ProblemAsync(
            HttpStatusCode.BadRequest, "Malformed");
    }

    [Fact]
    public async Task List_of_a_page_may_have_several()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/keys");

        await browser.SendAsync(
            "/keys", ("_handler", "key"), ("name", "Máy"), ("roles", "Editor"), ("roles", "Monitor"), ("days", "30"));

        Assert.NotEqual(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("sr_", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_is_carried_out_whatever_stands_there_twice()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/stop");

        await browser.SendAsync("/stop-all", ("x", "t"), ("x", "u"));

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Null(browser.Refusal());
    }

    private static MultipartFormDataContent TwoFiles() => new()
    {
        { new StringContent("t"), "title" }, { new ByteArrayContent(Sounds.Wav(1)), "file", "a.wav" },
        { new ByteArrayContent(Sounds.Wav(1)), "file", "b.wav" },
    };
}
