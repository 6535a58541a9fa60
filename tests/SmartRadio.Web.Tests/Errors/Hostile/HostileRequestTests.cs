using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Errors.Hostile;

/// <summary>
/// Every operation, page, form and button gets requests that nobody should send. None answers 500, and none ends the program. The
/// seed is fixed; SMARTRADIO_FUZZ_SEED and SMARTRADIO_FUZZ_ROUNDS choose others, for a longer run.
/// </summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    private static readonly int Seed = Setting("SMARTRADIO_FUZZ_SEED", 20261128);
    private static readonly int Rounds = Setting("SMARTRADIO_FUZZ_ROUNDS", 12);

    private const int MostRead = 200_000;

    private static readonly Dictionary<string, string> Nothing = [];

    private readonly AllLogs _logs = new();
    private readonly RadioHost _radio = new(("Logging:LogLevel:Default", "Warning"), ("Logging:LogLevel:Microsoft", "Error"));
    private readonly HashSet<string> _kinds = [];
    private readonly List<string> _failures = [];

    public ValueTask InitializeAsync()
    {
        _radio.Logs = _logs;
        return _radio.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _radio.DisposeAsync();

    [Fact]
    public async Task No_operation_of_the_API_answers_500()
    {
        var values = new HostileValues(Seed);
        using var program = _radio.Program();
        await SeedAsync(program);
        var document = await (await program.FetchAsync("/openapi/v1.json")).JsonAsync();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                for (var round = 0; round < Rounds; round++)
                {
                    using var request = Request(values, document, path.Name, operation);
                    await SendAsync(program, request);
                }
            }
        }

        Assert.True(_failures.Count == 0, string.Join(Environment.NewLine, _failures));
        Assert.Equal(HttpStatusCode.OK, (await program.FetchAsync("/api/v1/nodes")).StatusCode);
    }

    [Fact]
    public async Task No_page_answers_500_whatever_stands_in_its_address()
    {
        var values = new HostileValues(Seed);
        using var browser = await _radio.SignedInAsync();
        foreach (var page in Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null))
        {
            var type = page.Metadata.GetMetadata<ComponentTypeMetadata>()!.Type;
            var names = type.GetProperties()
                .Select(property => property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()?.Name)
                .OfType<string>().ToList();
            for (var round = 0; round < Rounds; round++)
            {
                var query = names.Where(_ => values.Chance(0.7))
                    .SelectMany(name => Enumerable.Repeat(name, values.Chance(0.1) ? 2 : 1))
                    .Select(name => $"{name}={values.Escaped()}");
                using var request = new HttpRequestMessage(HttpMethod.Get, Address(values, page.RoutePattern.RawText!, query));
                await SendAsync(browser.Http, request);
            }
        }

        Assert.True(_failures.Count == 0, string.Join(Environment.NewLine, _failures));
    }

    [Fact]
    public async Task No_form_or_button_answers_500()
    {
        var values = new HostileValues(Seed);
        using var program = _radio.Program();
        var paths = await SeedAsync(program);
        using var browser = await _radio.SignedInAsync();
        var buttons = Endpoints()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<ButtonMetadata>() is not null && endpoint.RoutePattern.RawText != "/sign-out");
        foreach (var path in paths.Concat(
            ["/bulletins/new", "/air", "/schedules/new", "/nodes/new", "/areas", "/people", "/keys", "/releases",
                "/account/second-factor", "/password"]))
        {
            await browser.OpenAsync(path);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            var forms = PageForm.AllOf(path, browser.Page, Nothing);
            foreach (var form in forms.Where(form => form.Address != "/sign-out"))
            {
                for (var round = 0; round < Rounds; round++)
                {
                    await SendAsync(
                        browser.Http,
                        new HttpRequestMessage(
                            HttpMethod.Post, new Uri(form.Address, UriKind.Relative))
                        { Content = form.Spoilt(values) });
                }
            }
        }

        foreach (var button in buttons)
        {
            for (var round = 0; round < Rounds; round++)
            {
                var fields = new FormUrlEncodedContent(
                    [new("__RequestVerificationToken", browser.TokenOfPage), new("back", values.Escaped()),
                        new(values.Text(), "1")]);
                await SendAsync(
                    browser.Http,
                    new HttpRequestMessage(
                        HttpMethod.Post, Address(values, button.RoutePattern.RawText!, []))
                    { Content = fields });
            }
        }

        Assert.True(_failures.Count == 0, string.Join(Environment.NewLine, _failures));
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        _radio.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static async Task<IReadOnlyList<string>> SeedAsync(HttpClient program)
    {
        var area = await program.AreaAsync();
        var bulletin = await program.ApprovedBulletinAsync();
        var node = await program.NodeAsync(area);
        return [$"/bulletins/{bulletin}", $"/nodes/{node}"];
    }

    private static HttpRequestMessage Request(HostileValues values, JsonElement document, string path, JsonProperty operation)
    {
        var names = operation.Value.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(each => each.GetProperty("in").GetString() == "query")
                .Select(each => each.GetProperty("name").GetString()!).ToList()
            : [];
        var query = names.Where(_ => values.Chance(0.5)).Select(name => $"{name}={values.Escaped()}");
        var request = new HttpRequestMessage(new HttpMethod(operation.Name.ToUpperInvariant()), Address(values, path, query));
        if (values.Chance(0.1))
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", "k" + values.Below(5));
        }

        if (operation.Value.TryGetProperty("requestBody", out var body))
        {
            request.Content = Content(values, document, body.GetProperty("content"));
        }

        return request;
    }

    private static HttpContent Content(HostileValues values, JsonElement document, JsonElement kinds)
    {
        if (values.Chance(0.1))
        {
            var broken = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nTin"u8.ToArray());
            broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
            return broken;
        }

        var text = kinds.TryGetProperty("application/json", out var json)
            ? values.Body(document, json.GetProperty("schema"))
            : values.Json();
        text = values.Chance(0.05) ? text[..(text.Length / 2)] : text;
        return new StringContent(text, Encoding.UTF8, values.Chance(0.05) ? "text/plain" : "application/json");
    }

    private static Uri Address(HostileValues values, string pattern, IEnumerable<string> query)
    {
        var path = string.Join(
            '/', pattern.Split('/').Select(part => part.StartsWith('{') ? values.Chance(0.6) ? "1" : values.Escaped() : part));
        return new Uri(path + "?" + string.Join('&', query), UriKind.Relative);
    }

    private async Task SendAsync(HttpClient client, HttpRequestMessage request)
    {
        var sent = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync();
        // A connection on which too much was sent is closed after the answer; the next request may meet its end.
        var status = await StatusAsync(client, request, sent) ?? await StatusAsync(client, request, sent);

        if ((status is null or HttpStatusCode.InternalServerError or > HttpStatusCode.ServiceUnavailable)
            && _kinds.Add($"{request.Method} {request.RequestUri!.OriginalString.Split('?')[0]}"))
        {
            var fault = _logs.Lines.LastOrDefault(line => line.Contains("   at ", StringComparison.Ordinal));
            _failures.Add(
                $"{status} {request.Method} {request.RequestUri} {sent[..Math.Min(sent.Length, 2000)]}{Environment.NewLine}{fault}");
        }
    }

    private static async Task<HttpStatusCode?> StatusAsync(HttpClient client, HttpRequestMessage request, string sent)
    {
        using var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        if (request.Content is { } content)
        {
            copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync());
            copy.Content.Headers.ContentType = content.Headers.ContentType;
        }

        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        try
        {
            using var response = await client.SendAsync(copy);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // What is too large is not read to its end.
            return sent.Length > MostRead ? HttpStatusCode.RequestEntityTooLarge : null;
        }
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : usual;
}
