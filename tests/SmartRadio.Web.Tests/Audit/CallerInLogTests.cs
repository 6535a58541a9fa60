using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Audit;

/// <summary>The audit log says whence each change was asked for.</summary>
public sealed class CallerInLogTests
{
    [Theory]
    [InlineData("", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.7")]
    public async Task Changes_by_pages_and_programs_bear_the_address_of_the_caller(string proxies, string expected)
    {
        await using var radio = new RadioHost(("SmartRadio:Proxies", proxies));
        await radio.InitializeAsync();
        using var browser = radio.Browser();
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        await browser.OpenAsync("/sign-in");
        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        await browser.OpenAsync("/areas/new");
        await browser.SendAsync(
            "/areas/new", ("_handler", "area"), ("code", "A"), ("name", "Xã A"), ("level", "Xã"), ("parent", ""));
        using var program = radio.Program();
        program.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        using var made = await program.PostAsync("/api/v1/areas", new { code = "B", name = "Xã B", level = "Xã" });

        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        var rows = await db.Audit.Where(row => row.Action == "area.add").ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, rows.Count);
        Assert.All(
            rows, row => Assert.EndsWith($",\"From\":\"{expected}\"}}", row.Detail, StringComparison.Ordinal));
        var chain = await radio.Services.GetRequiredService<AuditChain>().VerifyAsync(TestContext.Current.CancellationToken);
        Assert.True(chain.IsWhole);
        Assert.DoesNotContain(
            await db.Audit.Where(row => row.PersonId == null).ToListAsync(TestContext.Current.CancellationToken),
            row => row.Detail.Contains("\"From\"", StringComparison.Ordinal));
    }
}
