using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Nodes;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Home;

public sealed class TodayProblemsTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const string WhatToDo = "Ask on the spot about power and network.";

    [Fact]
    public async Task Single_loudspeaker_that_is_off_line_says_what_to_do()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var (on, off) = (await client.NodeAsync(area), await client.NodeAsync(area));
        radio.Services.GetRequiredService<NodeStatusCache>().Present(on, online: true, DateTimeOffset.UtcNow);
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area));

        await browser.OpenAsync("/");

        Assert.Matches($"href=\"/nodes/{off}\"(.|\n)*{WhatToDo}", browser.Page);
        Assert.DoesNotContain("class=\"tag lost\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commune_whose_only_loudspeaker_is_off_line_is_red()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        await client.NodeAsync(area);
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area));

        await browser.OpenAsync("/");

        Assert.Matches("class=\"tag lost\"(.|\n)*its only loudspeaker", browser.Page);
    }
}
