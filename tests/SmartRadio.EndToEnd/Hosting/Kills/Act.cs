using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SmartRadio.EndToEnd.Hosting.Kills;

/// <summary>One request that changes something, and what must be true once it was answered.</summary>
/// <param name="Kind">What it does, for the count of kinds.</param>
/// <param name="Method">The verb.</param>
/// <param name="Path">Below /api/v1/.</param>
/// <param name="Body">Makes the body anew for each attempt.</param>
/// <param name="Acknowledged">Takes the answer's body, null when it has none.</param>
internal sealed partial record Act(
    string Kind, HttpMethod Method, string Path, Func<HttpContent?> Body, Action<JsonNode?> Acknowledged)
{
    /// <summary>Repeats of one key are one act.</summary>
    public string Key { get; } = Guid.NewGuid().ToString();

    /// <exception cref="HttpRequestException">The line broke: nobody knows whether it was done.</exception>
    public async Task SendAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(Method, new Uri(Path, UriKind.Relative)) { Content = Body() };
        request.Headers.Add("Idempotency-Key", Key);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var body = text.Length == 0 ? null : JsonNode.Parse(text);
        if (answer.StatusCode == HttpStatusCode.Conflict && body?["code"]?.ToString() is "AlreadyApplied" or "AlreadyOver")
        {
            // Done before the kill, and the answer of then was not kept any more; it says to what it was done. A stop is carried
            // out each time, and says that there is nothing left to stop.
            var id = Subject().Match(body["detail"]!.ToString()).Groups["id"].Value;
            Acknowledged(new JsonObject { ["id"] = id, ["personId"] = id });
            return;
        }

        Assert.True(answer.IsSuccessStatusCode, $"{Kind}: {Method} {Path}: {(int)answer.StatusCode} {text}");
        Acknowledged(body);
    }

    [GeneratedRegex(@"\(\w+ (?<id>[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Subject();

    public static Func<HttpContent?> Json(object body) => () => JsonContent.Create(body);

    public static HttpContent? Nothing() => null;
}
