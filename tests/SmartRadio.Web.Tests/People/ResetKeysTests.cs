using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.People;

/// <summary>A reset ends a person's API keys where the administrator says so.</summary>
public sealed class ResetKeysTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Theory]
    [InlineData(false, HttpStatusCode.OK)]
    [InlineData(true, HttpStatusCode.Unauthorized)]
    public async Task Reset_ends_keys_where_the_administrator_says_so(bool ends, HttpStatusCode expected)
    {
        var account = await radio.AddAccountAsync(Role.Editor, area: null);
        using var admin = await radio.SignedInAsync();
        var page = $"/people/{await IdAsync(account)}";
        await admin.OpenAsync(page);
        Assert.Contains("name=\"end-keys\"", admin.Page, StringComparison.Ordinal);

        await admin.SendAsync(page, ("_handler", "reset"), ("end-keys", ends ? "yes" : ""));

        using var answer = await account.Http.FetchAsync("/api/v1/nodes");
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(!ends, admin.Page.Contains("name=\"end-keys\"", StringComparison.Ordinal));
        await using var db = await OpenAsync();
        var entry = await db.Audit.SingleAsync(row => row.Action == "person.reset" && row.Subject == "person " + account.Name);
        Assert.Contains($"\"KeysEnded\":{(ends ? 1 : 0)},", entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ends_keys_with_a_reset()
    {
        var account = await radio.AddAccountAsync(Role.Editor, area: null);
        using var program = radio.Program();

        await (await program.PostAsync($"/api/v1/people/{await IdAsync(account)}/reset", new { endApiKeys = true })).JsonAsync(
            HttpStatusCode.Created);

        using var answer = await account.Http.FetchAsync("/api/v1/nodes");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<string> IdAsync(Account account)
    {
        await using var db = await OpenAsync();
        return await db.Users.Where(row => row.UserName == account.Name).Select(row => row.Id).SingleAsync();
    }

    private Task<RadioDb> OpenAsync() => radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
}
