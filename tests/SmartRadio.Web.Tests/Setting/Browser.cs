using System.Net;
using System.Text.RegularExpressions;

namespace SmartRadio.Web.Tests.Setting;

/// <summary>What a browser without scripts does: opens pages and sends their forms.</summary>
public sealed partial class Browser(HttpClient http) : IDisposable
{
    /// <summary>The page it shows, as text without the encoding of HTML.</summary>
    public string Page { get; private set; } = string.Empty;

    public HttpStatusCode Status { get; private set; }

    /// <summary>Address of the page it shows.</summary>
    public string Path { get; private set; } = string.Empty;

    public HttpClient Http => http;

    /// <summary>The antiforgery token of the page it shows.</summary>
    public string TokenOfPage => Token().Value;

    public async Task OpenAsync(string path) => await ShowAsync(await http.GetAsync(new Uri(path, UriKind.Relative)));

    /// <summary>Sends fields with the antiforgery token of the page it shows.</summary>
    public Task SendAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(
            path, new FormUrlEncodedContent(
                fields.Append(Token()).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));

    /// <summary>Opens an invitation's link, as a person without scripts pastes it.</summary>
    public async Task FollowInvitationAsync(string link)
    {
        await OpenAsync("/invite");
        await SendAsync("/invite", ("_handler", "invite"), ("link", link));
    }

    /// <summary>Sends a password of the page that <see cref="FollowInvitationAsync"/> showed.</summary>
    public Task ChoosePasswordAsync(string link, string password) =>
        SendAsync("/invite", ("_handler", "invite"), ("link", link), ("password", password));

    /// <summary>Sends fields and one file.</summary>
    public async Task UploadAsync(string path, string fileName, byte[] file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", fileName } };
        foreach (var (name, value) in fields.Append(Token()))
        {
            form.Add(new StringContent(value), name);
        }

        await SendAsync(path, form);
    }

    public async Task SendAsync(string path, HttpContent form) =>
        await ShowAsync(await http.PostAsync(new Uri(path, UriKind.Relative), form));

    /// <summary>The sentence that says why a form was refused, or null.</summary>
    public string? Refusal() => Alert().Match(Page) is { Success: true } alert ? alert.Groups["text"].Value.Trim() : null;

    public void Dispose() => http.Dispose();

    private (string Name, string Value) Token() =>
        ("__RequestVerificationToken",
            TokenField().Match(Page) is { Success: true } token ? token.Groups["value"].Value : string.Empty);

    private async Task ShowAsync(HttpResponseMessage response)
    {
        Status = response.StatusCode;
        Path = response.RequestMessage!.RequestUri!.PathAndQuery;
        Page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(
        "name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenField();

    [GeneratedRegex("role=\"alert\">(?<text>[^<]*)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Alert();
}
