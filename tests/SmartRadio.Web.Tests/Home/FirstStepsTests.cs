using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol.Reports;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Home;

/// <summary>What is to be done until the first broadcast is heard, told from what is there.</summary>
public sealed class FirstStepsTests : IAsyncLifetime
{
    private const string Done = "tag on\">Done";

    private readonly RadioHost _radio = new();

    public ValueTask InitializeAsync() => _radio.InitializeAsync();

    public ValueTask DisposeAsync() => _radio.DisposeAsync();

    [Fact]
    public async Task Each_step_is_done_when_it_was_done_and_the_last_ends_them()
    {
        using var admin = await _radio.SignedInAsync();
        Assert.Equal(0, await DoneAsync(admin));
        using var program = _radio.Program();
        var area = await program.AreaAsync();
        Assert.Equal(1, await DoneAsync(admin));
        var node = await program.NodeAsync(area);
        Assert.Equal(1, await DoneAsync(admin));
        _radio.Services.GetRequiredService<NodeStatusCache>()
            .Heard(node, new Hello { Firmware = "1.0", Hardware = "esp32" }, DateTimeOffset.UtcNow);
        Assert.Equal(2, await DoneAsync(admin));
        await program.UploadAsync("Tin", Sounds.Wav(2));
        Assert.Equal(3, await DoneAsync(admin));
        var broadcast = await program.AiredAsync(area);
        Assert.Equal(4, await DoneAsync(admin));
        await using var db = await _radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        await db.Targets.Where(target => target.BroadcastId == broadcast)
            .ExecuteUpdateAsync(set => set.SetProperty(target => target.State, TargetState.Played));

        await admin.OpenAsync("/");

        Assert.DoesNotContain("first-steps", admin.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Editor_is_led_to_his_own_and_a_monitor_to_none()
    {
        using var program = _radio.Program();
        var area = await program.AreaAsync();
        using var editor = await _radio.SignInAsync(await _radio.AddAccountAsync(Role.Editor, area));
        using var monitor = await _radio.SignInAsync(await _radio.AddAccountAsync(Role.Monitor, area));

        await editor.OpenAsync("/");
        Assert.Contains("href=\"/bulletins/new\">Write", editor.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/nodes/new\">Register", editor.Page, StringComparison.Ordinal);
        await monitor.OpenAsync("/");
        Assert.DoesNotContain("first-steps", monitor.Page, StringComparison.Ordinal);
    }

    private static async Task<int> DoneAsync(Browser browser)
    {
        await browser.OpenAsync("/");
        Assert.Contains("id=\"first-steps\"", browser.Page, StringComparison.Ordinal);
        return browser.Page.Split(Done).Length - 1;
    }
}
