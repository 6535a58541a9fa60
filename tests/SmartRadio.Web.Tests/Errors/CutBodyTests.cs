using System.Net;
using System.Text;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Errors;

/// <summary>A multipart body that a broken line or program cuts short.</summary>
public sealed class CutBodyTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const string Boundary = "sound-and-title";
    private const string Multipart = "multipart/form-data; boundary=" + Boundary;

    [Theory]
    [InlineData("/api/v1/bulletins", "file", "BodyCut")]
    [InlineData("/api/v1/bulletins", "dashes", "BodyCut")]
    [InlineData("/api/v1/bulletins", "boundary", "Malformed")]
    [InlineData("/api/v1/releases", "file", "BodyCut")]
    public async Task A_cut_body_is_the_callers_mistake_and_stores_nothing(string path, string missing, string code)
    {
        using var client = radio.Program();
        var state = await radio.StateAsync();
        var whole = Body(string.Empty);
        using var body = Content(missing switch
        {
            "file" => whole[..(whole.Length / 2)],
            "dashes" => [.. whole[..^6], .. "\r\n"u8],
            _ => [.. whole.Select(each => each == (byte)'-' ? (byte)'_' : each)],
        });
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), body);
        await response.ProblemAsync(HttpStatusCode.BadRequest, code);
        Assert.Equal(state, await radio.StateAsync());
    }

    [Fact]
    public async Task A_cut_form_of_a_page_says_so()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/bulletins/new");
        var state = await radio.StateAsync();
        var whole = Body(browser.TokenOfPage);
        await browser.SendAsync("/bulletins/new", Content(whole[..(whole.Length / 2)]));
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("ended before its end", browser.Refusal(), StringComparison.Ordinal);
        Assert.Equal(state, await radio.StateAsync());
    }

    private static ByteArrayContent Content(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.Add("Content-Type", Multipart);
        return content;
    }

    private static byte[] Body(string token)
    {
        string Field(string name, string value) =>
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";
        var head = Field("title", "Tin") + Field("version", "1.0") + Field("_handler", "upload")
            + Field("__RequestVerificationToken", token)
            + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tin.wav\"\r\n\r\n";
        return [.. Encoding.UTF8.GetBytes(head), .. Sounds.Wav(2), .. Encoding.UTF8.GetBytes($"\r\n--{Boundary}--\r\n")];
    }
}
