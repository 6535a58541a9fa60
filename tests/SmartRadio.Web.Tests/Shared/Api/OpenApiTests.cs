using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Web.Shared.Api;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared.Api;

/// <summary>The API's description at /openapi/v1.json.</summary>
public sealed class OpenApiTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Names_every_operation_with_summary_answers_and_the_way_in()
    {
        using var stranger = radio.Stranger();
        var document = await (await stranger.FetchAsync("/openapi/v1.json")).JsonAsync();
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            "bearer",
            document.GetProperty("components").GetProperty("securitySchemes").GetProperty("ApiKey")
                .GetProperty("scheme").GetString());
        Assert.NotEqual(0, document.GetProperty("security").GetArrayLength());

        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(
                path => path.Value.EnumerateObject()
                    .Select(operation => (Name: $"{operation.Name} {path.Name}", operation.Value))).ToList();
        string[] promised =
        [
            "post /api/v1/bulletins", "post /api/v1/bulletins/{id}/approve", "post /api/v1/broadcasts", "post /api/v1/schedules",
            "get /api/v1/broadcasts/{id}", "get /api/v1/nodes", "get /api/v1/areas",
        ];
        Assert.Superset(
            promised.ToHashSet(StringComparer.Ordinal),
            operations.Select(operation => operation.Name).ToHashSet(StringComparer.Ordinal));
        foreach (var (name, operation) in operations)
        {
            Assert.StartsWith("/api/v1/", name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal);
            Assert.True(operation.TryGetProperty("summary", out _), $"{name} has no summary: add .Operation(id, summary).");
            Assert.True(
                operation.GetProperty("responses").TryGetProperty("401", out _),
                $"{name} does not name its refusals: add .Refuses(statuses).");
        }
    }

    [Fact]
    public async Task Is_made_once_for_all_who_ask()
    {
        var document = radio.Services.GetRequiredService<OpenApiDocument>();
        var first = Assert.IsType<FileContentHttpResult>(await OpenApiDocument.AnswerAsync(document, CancellationToken.None));
        var second = Assert.IsType<FileContentHttpResult>(await OpenApiDocument.AnswerAsync(document, CancellationToken.None));
        Assert.True(first.FileContents.Equals(second.FileContents));

        using var stranger = radio.Stranger();
        using var answer = await stranger.FetchAsync("/openapi/v1.json");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(first.FileContents.ToArray(), await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Refers_only_to_what_it_holds()
    {
        using var stranger = radio.Stranger();
        var document = await (await stranger.FetchAsync("/openapi/v1.json")).JsonAsync();
        foreach (var reference in References(document))
        {
            var found = reference.Split('/').Skip(1).Aggregate(document, (at, name) => at.GetProperty(name));
            Assert.Equal(JsonValueKind.Object, found.ValueKind);
        }
    }

    [Fact]
    public async Task Shows_both_ways_to_make_a_bulletin()
    {
        using var stranger = radio.Stranger();
        var document = await (await stranger.FetchAsync("/openapi/v1.json")).JsonAsync();
        var content = document.GetProperty("paths").GetProperty("/api/v1/bulletins").GetProperty("post")
            .GetProperty("requestBody").GetProperty("content");
        Assert.True(content.TryGetProperty("application/json", out _));
        Assert.Equal(
            "binary",
            content.GetProperty("multipart/form-data").GetProperty("schema").GetProperty("properties").GetProperty("file")
                .GetProperty("format").GetString());
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
