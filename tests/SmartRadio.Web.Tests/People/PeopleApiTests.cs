using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Changes;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.People;

/// <summary>Programs of an administrator read people, give roles and take them.</summary>
public sealed class PeopleApiTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Role_is_given_listed_and_taken()
    {
        using var program = radio.Program();
        var area = await program.AreaAsync();
        var lan = await InviteAsync("lan", Role.Editor, area: null);

        var made = await (await program.PostAsync(
            $"/api/v1/people/{lan}/roles", new { role = "alertOfficer", areaId = area })).JsonAsync(HttpStatusCode.Created);
        var id = made.GetProperty("id").GetInt64();
        Assert.Equal(["editor", "alertOfficer"], await RolesAsync(program, lan));
        await (await program.PostAsync($"/api/v1/people/{lan}/roles", new { role = "alertOfficer", areaId = area })).ProblemAsync(
            HttpStatusCode.Conflict, "RoleHeld");

        using var taken = await program.DeleteAsync(new Uri($"/api/v1/people/{lan}/roles/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        Assert.Equal(["editor"], await RolesAsync(program, lan));
        await (await program.DeleteAsync(new Uri($"/api/v1/people/{lan}/roles/{id}", UriKind.Relative))).ProblemAsync(
            HttpStatusCode.NotFound, "UnknownRole");
    }

    [Fact]
    public async Task Area_must_be_said()
    {
        using var program = radio.Program();
        var minh = await InviteAsync("minh", Role.Editor, area: null);

        await (await program.PostAsync($"/api/v1/people/{minh}/roles", new { role = "monitor" })).ProblemAsync(
            HttpStatusCode.BadRequest, "MalformedJson");
        await (await program.PostAsync($"/api/v1/people/{minh}/roles", new { role = "king", areaId = (long?)null })).ProblemAsync(
            HttpStatusCode.BadRequest, "MalformedJson");
        await (await program.PostAsync(
            "/api/v1/people/nobody/roles", new { role = "monitor", areaId = (long?)null })).ProblemAsync(
                HttpStatusCode.NotFound, "UnknownPerson");
        Assert.Equal(["editor"], await RolesAsync(program, minh));
    }

    [Fact]
    public async Task Program_invites_disables_and_resets()
    {
        using var program = radio.Program();
        var made = await (await program.PostAsync(
            "/api/v1/people", new { userName = "tuan", displayName = "Tuấn", role = "editor", areaId = (long?)null })).JsonAsync(
                HttpStatusCode.Created);
        var id = made.GetProperty("personId").GetString();
        var path = made.GetProperty("path").GetString()!;
        Assert.Matches("^/invite#[A-Za-z0-9_-]{43}$", path);
        await (await program.PostAsync(
            "/api/v1/people", new { userName = "tuan", displayName = "Tuấn", role = "editor", areaId = (long?)null }))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "UserNameTaken");

        using (var disabled = await program.PostAsync($"/api/v1/people/{id}/disable", new { }))
        {
            Assert.Equal(HttpStatusCode.NoContent, disabled.StatusCode);
        }

        await (await program.PostAsync($"/api/v1/people/{id}/reset", new { })).ProblemAsync(
            HttpStatusCode.Conflict, "PersonDisabled");
        using (var enabled = await program.PostAsync($"/api/v1/people/{id}/enable", new { }))
        {
            Assert.Equal(HttpStatusCode.NoContent, enabled.StatusCode);
        }

        var link = await (await program.PostAsync($"/api/v1/people/{id}/reset", new { })).JsonAsync(HttpStatusCode.Created);
        Assert.NotEqual(path, link.GetProperty("path").GetString());
        using var tuan = radio.Browser();
        await tuan.OpenAsync(link.GetProperty("path").GetString()!);
        Assert.Equal(HttpStatusCode.OK, tuan.Status);
        await (await program.PostAsync("/api/v1/people/nobody/disable", new { })).ProblemAsync(
            HttpStatusCode.NotFound, "UnknownPerson");
    }

    [Fact]
    public async Task Key_of_an_editor_is_refused()
    {
        var hoa = await InviteAsync("hoa", Role.Editor, area: null);
        var key = await radio.Services.GetRequiredService<CreateApiKey>().HandleAsync(
            new CreateApiKeyRequest("test", [Role.Editor], AreaId: null, DateTimeOffset.UtcNow.AddDays(1)),
            new Actor(hoa, "Hoa"), CancellationToken.None);
        using var program = radio.Stranger();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Key);

        await (await program.FetchAsync("/api/v1/people")).ProblemAsync(HttpStatusCode.Forbidden, "NotAllowed");
        await (await program.PostAsync(
            $"/api/v1/people/{hoa}/roles", new { role = "administrator", areaId = (long?)null })).ProblemAsync(
                HttpStatusCode.Forbidden, "NotAllowed");
        await (await program.DeleteAsync(new Uri($"/api/v1/people/{hoa}/roles/1", UriKind.Relative))).ProblemAsync(
            HttpStatusCode.Forbidden, "NotAllowed");
    }

    private static async Task<IEnumerable<string?>> RolesAsync(HttpClient program, string id)
    {
        var people = await (await program.FetchAsync("/api/v1/people?limit=100")).JsonAsync();
        return Roles(people.EnumerateArray().Single(person => person.GetProperty("id").GetString() == id));
    }

    private static IEnumerable<string?> Roles(JsonElement person) =>
        person.GetProperty("roles").EnumerateArray().Select(role => role.GetProperty("role").GetString());

    private async Task<string> InviteAsync(string userName, Role role, long? area) =>
        (await radio.Services.GetRequiredService<InvitePerson>().HandleAsync(
            new InvitePersonRequest(userName, userName, role, area), Actor.Program, CancellationToken.None)).PersonId;
}
