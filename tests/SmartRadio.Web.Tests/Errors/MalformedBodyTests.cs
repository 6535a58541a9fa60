using System.Net;
using System.Text;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Errors;

/// <summary>Bodies that a reader could stumble over, or that two readers would read in two ways.</summary>
public sealed class MalformedBodyTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("/areas", """{"code":"D1","code":"D2","name":"A","level":"Xã"}""", "application/json", 400)]
    [InlineData("/areas", """{"code":"D1","name":"A","level":"Xã"}""", "application/json; charset=foo", 415)]
    [InlineData("/areas", """{"code":"D1","name":"A","level":"Xã"}""", "application/json; charset=utf-7", 415)]
    [InlineData("/enrolments", """{"code":"4444-4444-4444"}""", "application/json; charset=\"foo\"", 415)]
    [InlineData("/people", """{"userName":"x9","displayName":"X","areaId":null,"role":"editor,alertOfficer"}""", Json, 400)]
    [InlineData("/people", """{"userName":"x9","displayName":"X","areaId":null,"role":"5"}""", Json, 400)]
    [InlineData("/programmes", """{"title":"T","bulletins":[null]}""", Json, 400)]
    [InlineData("/programmes", """{"title":"T","bulletins":[{"bulletinId":1,"gapSeconds":"NaN"}]}""", Json, 400)]
    [InlineData("/programmes", """{"title":"T","pauseSeconds":"NaN","bulletins":[{"bulletinId":1}]}""", Json, 400)]
    [InlineData("/releases/1/rollouts", """{"firstNodes":[null]}""", Json, 400)]
    [InlineData("/broadcasts", """{"bulletinId":1,"class":"normal","nodes":[null]}""", Json, 400)]
    [InlineData("/bulletins/1/trim", """{"fromSeconds":"NaN","toSeconds":2}""", Json, 400)]
    public async Task Body_that_cannot_be_meant_is_refused(string path, string body, string type, int expected)
    {
        using var program = radio.Program();
        var state = await radio.StateAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await program.PostAsync(new Uri("/api/v1" + path, UriKind.Relative), content);

        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Equal(state, await radio.StateAsync());
    }

    [Theory]
    [InlineData("/language", "language=vi", Form + "; charset=utf-7", 415)]
    [InlineData("/sign-in", "name=admin", Form + "; charset=utf-7", 415)]
    [InlineData("/invite", "password=x", Form + "; charset=foo", 415)]
    [InlineData("/sign-in", "--b\r\nContent-Disposition: form-data; name=\"name\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nadmin\r\n--b--\r\n", "multipart/form-data; boundary=b", 400)]
    public async Task Form_in_another_encoding_is_refused(string path, string body, string type, int expected)
    {
        using var stranger = radio.Stranger();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await stranger.PostAsync(new Uri(path, UriKind.Relative), content);

        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Contains("<h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Infinity")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    public async Task Pause_of_an_upload_that_is_no_length_is_refused(string pause)
    {
        using var program = radio.Program();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Tin"), "title" }, { new StringContent(pause), "pauseSeconds" },
            { new ByteArrayContent(Sounds.Wav(1)), "file", "a.wav" },
        };

        using var answer = await program.PostAsync(new Uri("/api/v1/bulletins", UriKind.Relative), form);

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "Malformed");
    }

    [Theory]
    [InlineData("-1000000")]
    [InlineData("1000000")]
    public async Task Key_for_a_time_outside_the_calendar_is_refused(string days)
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/keys");

        await browser.SendAsync("/keys", ("_handler", "key"), ("name", "Máy"), ("roles", "Editor"), ("days", days));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
    }

    [Fact]
    public async Task Upload_in_another_encoding_is_refused()
    {
        using var program = radio.Program();
        using var title = new StringContent("Tin");
        title.Headers.Remove("Content-Type");
        title.Headers.TryAddWithoutValidation("Content-Type", "text/plain; charset=utf-7");
        using var form = new MultipartFormDataContent { { title, "title" } };

        using var answer = await program.PostAsync(new Uri("/api/v1/bulletins", UriKind.Relative), form);

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "MalformedRequest");
    }
}
