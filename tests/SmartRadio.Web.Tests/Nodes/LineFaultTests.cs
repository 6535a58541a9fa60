using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Nodes;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Nodes;

/// <summary>A loudspeaker that plays and is not heard must not go unnoticed.</summary>
public sealed class LineFaultTests(RadioHost host) : IClassFixture<RadioHost>
{
    [Theory]
    [InlineData(LineState.Silent, "silent", "Phát mà không có tiếng", "Playing, but no sound")]
    [InlineData(LineState.Open, "open", "Đứt dây loa", "Line open")]
    public async Task Line_fault_stands_on_the_nodes_page_in_the_list_and_in_the_API(
        LineState line, string api, string vietnamese, string english)
    {
        var node = await NodeAsync(new Health { Line = line, LineLevel = 7 });

        var answer = await (await host.Program().FetchAsync($"/api/v1/nodes/{node}")).JsonAsync();
        Assert.Equal((api, 7), (answer.GetProperty("line").GetString()!, answer.GetProperty("lineLevel").GetInt32()));
        foreach (var (language, words) in new[] { ("vi", vietnamese), ("en", english) })
        {
            using var browser = await host.SignedInAsync(language);
            await browser.OpenAsync($"/nodes/{node}");
            Assert.Contains(words, browser.Page, StringComparison.Ordinal);
            Assert.Contains(language == "vi" ? "Hãy kiểm tra" : "Check the", browser.Page, StringComparison.Ordinal);
            Assert.Contains("7 mV", browser.Page, StringComparison.Ordinal);
            await browser.OpenAsync("/nodes");
            Assert.Contains(words, browser.Page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_line_that_is_fine_or_not_measured_raises_no_alarm()
    {
        var fine = await NodeAsync(new Health { Line = LineState.Fine, LineLevel = 900 });
        var unmeasured = await NodeAsync(new Health());
        using var browser = await host.SignedInAsync("vi");

        await browser.OpenAsync($"/nodes/{fine}");
        Assert.DoesNotContain("Hãy kiểm tra", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/nodes/{unmeasured}");
        Assert.DoesNotContain(" mV", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_supply_stands_on_the_page_and_in_the_API()
    {
        var node = await NodeAsync(new Health());
        host.Services.GetRequiredService<NodeStatusCache>().Heard(node, new Heartbeat { Supply = 11_800 }, DateTimeOffset.UtcNow);

        Assert.Equal(
            11_800, (await (await host.Program().FetchAsync($"/api/v1/nodes/{node}")).JsonAsync()).GetProperty("supply")
                .GetInt32());
        using var browser = await host.SignedInAsync("vi");
        await browser.OpenAsync($"/nodes/{node}");
        Assert.Contains("11,8 V", browser.Page, StringComparison.Ordinal);
    }

    private async Task<string> NodeAsync(Health health)
    {
        var program = host.Program();
        var node = await program.NodeAsync(await program.AreaAsync());
        host.Services.GetRequiredService<NodeStatusCache>().Heard(node, health, DateTimeOffset.UtcNow);
        return node;
    }
}
