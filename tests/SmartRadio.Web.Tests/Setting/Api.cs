using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SmartRadio.Web.Tests.Setting;

/// <summary>Calls of the API and what came back.</summary>
internal static class Api
{
    public static async Task<JsonElement> JsonAsync(
        this HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, object body) =>
        client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);

    public static Task<HttpResponseMessage> FetchAsync(this HttpClient client, string path) =>
        client.GetAsync(new Uri(path, UriKind.Relative));

    public static Task<HttpResponseMessage> UploadAsync(this HttpClient client, string title, byte[] file) => client.PostAsync(
        new Uri("/api/v1/bulletins", UriKind.Relative),
        new MultipartFormDataContent { { new StringContent(title), "title" },
            { new ByteArrayContent(file), "file", "sound.wav" } });

    public static async Task<long> ApprovedBulletinAsync(this HttpClient client)
    {
        var made = await (await client.UploadAsync("Tin thử", Sounds.Wav(2))).JsonAsync(HttpStatusCode.Created);
        var id = made.GetProperty("id").GetInt64();
        await (await client.PostAsync($"/api/v1/bulletins/{id}/approve", new { })).JsonAsync();
        return id;
    }

    /// <summary>An approved bulletin that takes the place of another.</summary>
    public static async Task<long> NewVersionAsync(this HttpClient client, long previous)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Tin thử"), "title" },
            { new StringContent(previous.ToString(CultureInfo.InvariantCulture)), "previousId" },
            { new ByteArrayContent(Sounds.Wav(3)), "file", "tin.wav" },
        };
        using var sent = await client.PostAsync(new Uri("/api/v1/bulletins", UriKind.Relative), form);
        var id = (await sent.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64();
        await (await client.PostAsync($"/api/v1/bulletins/{id}/approve", new { })).JsonAsync();
        return id;
    }

    /// <summary>An area without quiet hours.</summary>
    public static async Task<long> AreaAsync(this HttpClient client, string? name = null, long? parentId = null)
    {
        var code = Guid.NewGuid().ToString("N")[..12];
        name ??= $"Thử {code}";
        var area = await (await client.PostAsync("/api/v1/areas", new { code, name, level = "Xã", parentId })).JsonAsync(
            HttpStatusCode.Created);
        var id = area.GetProperty("id").GetInt64();
        var rules = new { quietHours = new { from = "00:00", to = "00:00" } };
        var response = await client.PutAsJsonAsync(new Uri($"/api/v1/areas/{id}/rules", UriKind.Relative), rules);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return id;
    }

    public static async Task<string> NodeAsync(this HttpClient client, long areaId)
    {
        var node = await (await client.PostAsync("/api/v1/nodes", new { name = "Loa thử", areaId })).JsonAsync(
            HttpStatusCode.Created);
        return node.GetProperty("id").GetString()!;
    }

    /// <summary>Airs a bulletin an hour from now in these areas.</summary>
    public static async Task<long> AiredAsync(this HttpClient client, params long[] areas)
    {
        var bulletin = await client.ApprovedBulletinAsync();
        var airing = new { bulletinId = bulletin, @class = "emergency", areas, start = DateTimeOffset.UtcNow.AddHours(1) };
        return (await (await client.PostAsync("/api/v1/broadcasts", airing)).JsonAsync(HttpStatusCode.Created)).GetProperty("id")
            .GetInt64();
    }

    /// <summary>Checks that a response is the problem with this code, in a sentence of the language asked for.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var problem = await response.JsonAsync(status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.StartsWith("urn:smartradio:problem:", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        var detail = problem.GetProperty("detail").GetString()!;
        // A missing resource shows its name; a missing value shows its placeholder.
        Assert.True(detail.Length > 20 && !detail.Contains('{', StringComparison.Ordinal), detail);
        return problem;
    }
}
