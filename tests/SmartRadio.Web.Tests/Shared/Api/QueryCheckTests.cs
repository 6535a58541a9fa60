using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared.Api;

/// <summary>Query parameters: an operation takes those of its description and no other.</summary>
public sealed partial class QueryCheckTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Every_operation_refuses_an_unknown_parameter_by_name()
    {
        using var client = radio.Program();
        var document = await (await client.FetchAsync("/openapi/v1.json")).JsonAsync();
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(
                path => path.Value.EnumerateObject()
                    .Select(operation => (Method: new HttpMethod(operation.Name.ToUpperInvariant()), Path: path.Name)))
            .ToList();
        Assert.True(operations.Count > 30, $"{operations.Count} operations");
        var state = await radio.StateAsync();
        foreach (var (method, path) in operations)
        {
            using var request = new HttpRequestMessage(method, Parameter().Replace(path, "1") + "?limti=3");
            var problem = await (await client.SendAsync(request)).ProblemAsync(HttpStatusCode.BadRequest, "UnknownParameter");
            Assert.Contains("“limti”", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(state, await radio.StateAsync());
    }

    [Theory]
    [InlineData("nodes?limit=0", "ParameterOutOfRange", "limit")]
    [InlineData("nodes?limit=1001", "ParameterOutOfRange", "limit")]
    [InlineData("nodes?limit=ten", "MalformedParameter", "limit")]
    [InlineData("nodes?limit=1&limit=2", "MalformedParameter", "limit")]
    [InlineData("nodes?limit=", "MalformedParameter", "limit")]
    [InlineData("nodes?state=asleep", "MalformedParameter", "state")]
    [InlineData("nodes?state=1", "MalformedParameter", "state")]
    [InlineData("nodes?Limit=1", "UnknownParameter", "Limit")]
    [InlineData("nodes?fleet=1", "UnknownParameter", "fleet")]
    [InlineData("nodes?after=nobody", "Malformed", "after")]
    [InlineData("people?after=nobody", "Malformed", "after")]
    [InlineData("releases?after=x", "Malformed", "after")]
    [InlineData("bulletins?approved=maybe", "MalformedParameter", "approved")]
    [InlineData("bulletins?approved=true&state=waiting", "Malformed", "state")]
    [InlineData("bulletins?after=x", "Malformed", "after")]
    [InlineData("broadcasts?from=2026-12-01T05:00:00", "MalformedParameter", "from")]
    [InlineData("broadcasts?from=2026-12-01T05:00:00+07:00", "MalformedParameter", "from")]
    [InlineData("broadcasts?after=17", "Malformed", "after")]
    [InlineData("complaints?state=lost", "MalformedParameter", "state")]
    [InlineData("complaints?after=x", "Malformed", "after")]
    public async Task Values_that_cannot_be_meant_are_refused_by_name(string query, string code, string name)
    {
        using var client = radio.Program();
        var problem = await (await client.FetchAsync("/api/v1/" + query)).ProblemAsync(HttpStatusCode.BadRequest, code);
        Assert.Contains($"“{name}”", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_operation_has_an_id_of_its_own()
    {
        using var client = radio.Stranger();
        var document = await (await client.FetchAsync("/openapi/v1.json")).JsonAsync();
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()).ToList();
        var ids = operations.ConvertAll(operation => operation.Value.GetProperty("operationId").GetString());
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Every_list_describes_its_bound_and_its_next_part()
    {
        using var client = radio.Stranger();
        var document = await (await client.FetchAsync("/openapi/v1.json")).JsonAsync();
        var lists = document.GetProperty("paths").EnumerateObject()
            .SelectMany(
                path => path.Value.EnumerateObject()
                    .Select(operation => (Name: $"{operation.Name} {path.Name}", operation.Value)))
            .Where(operation => operation.Value.GetProperty("responses").TryGetProperty("200", out var answer) && IsArray(answer))
            .ToList();
        Assert.Equal(15, lists.Count);
        foreach (var (name, operation) in lists)
        {
            var parameters = operation.GetProperty("parameters").EnumerateArray()
                .ToDictionary(each => each.GetProperty("name").GetString()!, StringComparer.Ordinal);
            Assert.True(parameters.ContainsKey("limit") && parameters.ContainsKey("after"), name);
            Assert.Equal(1000, parameters["limit"].GetProperty("schema").GetProperty("maximum").GetInt32());
            Assert.True(
                operation.GetProperty("responses").GetProperty("200").GetProperty("headers").TryGetProperty("Link", out _), name);
        }
    }

    [GeneratedRegex("{[^}]+}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    private static bool IsArray(JsonElement answer) =>
        answer.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var json)
        && json.GetProperty("schema").TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
        && type.GetString() == "array";
}
