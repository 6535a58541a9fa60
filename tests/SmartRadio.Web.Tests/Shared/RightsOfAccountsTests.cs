using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared;

/// <summary>
/// The editor of one commune, the monitor of a province and nobody in particular try what they may not, by page and by API.
/// </summary>
public sealed partial class RightsOfAccountsTests(RadioHost host) : IClassFixture<RadioHost>
{
    [Fact]
    public void Every_operation_of_the_api_says_which_right_it_takes()
    {
        var open = from endpoint in Operations()
                   where endpoint.Metadata.GetMetadata<NeedsRightAttribute>() is null
                       && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
                   select $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0]} {endpoint.RoutePattern.RawText}";

        Assert.True(!open.Any(), $"Add .Needs(Right.X) in the room's XApi.cs: {string.Join(", ", open)}");
    }

    [Fact]
    public async Task Person_without_a_role_is_refused_every_operation()
    {
        var nobody = await host.AddAccountAsync(role: null, area: null);

        foreach (var endpoint in Operations().Where(each => each.Metadata.GetMetadata<NeedsRightAttribute>() is not null))
        {
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            var path = Number().Replace(endpoint.RoutePattern.RawText!, "1")
                .Replace("{id}", "0123456789abcdef", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
            var accepts = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes;
            request.Content = method is "GET" or "DELETE" ? null
                : accepts?.Contains("application/json") == false
                    ? new MultipartFormDataContent { { new StringContent("1"), "version" } }
                : JsonContent.Create(new { });
            var response = await nobody.Http.SendAsync(request);
            Assert.True(response.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {(int)response.StatusCode}");
            await response.ProblemAsync(HttpStatusCode.Forbidden, "NotAllowed");
        }
    }

    [Fact]
    public async Task Editor_of_a_commune_sees_and_writes_there_alone()
    {
        var admin = host.Program();
        var (mine, other) = (await admin.AreaAsync(), await admin.AreaAsync());
        var (near, far) = (await admin.NodeAsync(mine), await admin.NodeAsync(other));
        var bulletin = await admin.ApprovedBulletinAsync();
        var editor = await host.AddAccountAsync(Role.Editor, mine);

        Assert.Equal(near, Assert.Single(await IdsAsync(editor.Http, "/api/v1/nodes")));
        await (await editor.Http.FetchAsync($"/api/v1/nodes/{far}")).ProblemAsync(HttpStatusCode.NotFound, "UnknownNode");
        var schedule = (long area) => new
        {
            bulletinId = bulletin,
            @class = "normal",
            areas = new[] { area },
            recurrence = "daily",
            from = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30),
            times = new[] { "12:00" },
            repeats = 1,
            distanceMinutes = 0,
        };
        await (await editor.Http.PostAsync("/api/v1/schedules", schedule(other))).ProblemAsync(
            HttpStatusCode.Forbidden, "NotAllowed");
        await (await editor.Http.PostAsync(
            "/api/v1/broadcasts", new { bulletinId = bulletin, @class = "normal", areas = new[] { mine } })).ProblemAsync(
                HttpStatusCode.Forbidden, "NotAllowed");

        var browser = await host.SignInAsync(editor);
        await browser.OpenAsync("/nodes");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains($"/nodes/{near}", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/nodes/{far}", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/nodes/new\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/people\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/nodes/{near}");
        Assert.DoesNotContain("name=\"percent\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/audit");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        await browser.OpenAsync("/bulletins");
        Assert.Contains("href=\"/bulletins/new\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Monitor_of_a_province_operates_its_nodes_and_airs_nothing()
    {
        var admin = host.Program();
        var province = await admin.AreaAsync();
        var commune =
            (await (await admin.PostAsync(
                "/api/v1/areas",
                new { parentId = province, code = Guid.NewGuid().ToString("N")[..12], name = "Xã", level = "Xã" }))
            .JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64();
        var node = await admin.NodeAsync(commune);
        var bulletin = await admin.ApprovedBulletinAsync();
        var monitor = await host.AddAccountAsync(Role.Monitor, province);

        var volume = await monitor.Http.PutAsJsonAsync(
            new Uri($"/api/v1/nodes/{node}/volume", UriKind.Relative), new { percent = 40 });
        Assert.Equal(HttpStatusCode.NoContent, volume.StatusCode);
        await (await monitor.Http.PostAsync(
            "/api/v1/broadcasts", new { bulletinId = bulletin, @class = "normal", areas = new[] { commune } })).ProblemAsync(
                HttpStatusCode.Forbidden, "NotAllowed");
        await (await monitor.Http.PostAsync($"/api/v1/nodes/{node}/revoke", new { })).ProblemAsync(
            HttpStatusCode.Forbidden, "NotAllowed");
        await (await monitor.Http.PostAsync("/api/v1/stop-all", new { })).JsonAsync();

        var browser = await host.SignInAsync(monitor);
        await browser.OpenAsync($"/nodes/{node}");
        Assert.Contains("name=\"percent\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/revoke", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync($"/nodes/{node}/revoke");
        Assert.Contains("not allowed", browser.Refusal() ?? browser.Page, StringComparison.OrdinalIgnoreCase);
        await browser.OpenAsync("/air");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
    }

    [Fact]
    public async Task Administrator_of_one_area_is_told_of_the_clock_and_cannot_confirm_it()
    {
        var account = await host.AddAccountAsync(Role.Administrator, await host.Program().AreaAsync());
        using var browser = await host.SignInAsync(account);
        host.Machine.Shift = TimeSpan.FromDays(-1);

        await browser.OpenAsync("/areas");
        Assert.Contains("has jumped by −24:00:00", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/clock/confirm", browser.Page, StringComparison.Ordinal);
        await (await account.Http.PostAsync("/api/v1/clock/confirm", new { })).ProblemAsync(
            HttpStatusCode.Forbidden, "NotAllowed");
        host.Machine.Shift = TimeSpan.Zero;
    }

    [GeneratedRegex("{[^}]+:long}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    private IEnumerable<RouteEndpoint> Operations() =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/v1/", StringComparison.Ordinal) == true);

    private static async Task<string?[]> IdsAsync(HttpClient http, string path) =>
        [.. (await (await http.FetchAsync(path)).JsonAsync()).EnumerateArray()
            .Select(each => each.GetProperty("id").GetString())];
}
