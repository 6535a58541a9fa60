using System.Net;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Audit;

/// <summary>The log is whole to administrators of everywhere; to others it holds what concerns their areas.</summary>
public sealed class AuditPageTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const string Part = "Only administrators of everywhere see the whole log";

    [Fact]
    public async Task Administrator_of_an_area_reads_of_that_area_alone()
    {
        using var admin = radio.Program();
        var (mine, other) = (await admin.AreaAsync("Của tôi"), await admin.AreaAsync("Nơi khác"));
        var (near, far) = (await admin.NodeAsync(mine), await admin.NodeAsync(other));
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Administrator, mine));

        await browser.OpenAsync("/audit");

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains(Part, browser.Page, StringComparison.Ordinal);
        Assert.Contains($"node {near}", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(far, browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nơi khác", browser.Page, StringComparison.Ordinal);
        // The chain is checked whole all the same.
        Assert.Contains("is whole", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrator_of_everywhere_reads_all_without_a_remark()
    {
        using var admin = radio.Program();
        var node = await admin.NodeAsync(await admin.AreaAsync("Một nơi"));
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Administrator, area: null));

        await browser.OpenAsync("/audit");

        Assert.Contains($"node {node}", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(Part, browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Editor_is_refused_the_log()
    {
        using var admin = radio.Program();
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, await admin.AreaAsync()));

        await browser.OpenAsync("/audit");

        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
    }
}
