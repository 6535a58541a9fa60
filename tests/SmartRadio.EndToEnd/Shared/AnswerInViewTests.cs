using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Shared;

/// <summary>What a page answers is seen at once on a phone, below the bar and above the tabs.</summary>
public sealed class AnswerInViewTests : IAsyncLifetime
{
    private RadioProcess _radio = null!;
    private ChromiumBrowser _browser = null!;

    private IPage Page => _browser.Page;

    public async ValueTask InitializeAsync()
    {
        _radio = await RadioProcess.StartedAsync(demo: 2);
        _browser = await ChromiumBrowser.OpenAsync(_radio.Address, phone: true);
        await _browser.SignInAsync(_radio);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _radio.DisposeAsync();
    }

    [Fact]
    public async Task Preview_of_a_schedule_and_what_new_quiet_hours_silence_are_in_view()
    {
        await Page.GotoAsync("/schedules/new");
        await Page.Locator("select[name=bulletin]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Page.Locator("label:has(> input[name=areas])").First.TapAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Xem trước" }).TapAsync();
        await IsInViewAsync(Page.Locator("#outlook h2"));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Lưu lịch phát" }).TapAsync();
        await Assertions.Expect(Page.GetByText("Lịch phát đã được lưu.")).ToBeVisibleAsync();

        await Page.GotoAsync("/areas");
        await Page.Locator("main a[href^='/areas/']").Last.TapAsync();
        await Page.Locator("label:has(> input[name=quiet][value=hours])").TapAsync();
        await Page.Locator("input[name=quiet-from]").FillAsync("22:00");
        await Page.Locator("input[name=quiet-to]").FillAsync("06:00");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).TapAsync();
        await IsInViewAsync(Page.Locator(".silenced h3"));
        Assert.Empty(_browser.Errors);
    }

    [Fact]
    public async Task Refusal_of_a_sent_sound_is_in_view()
    {
        var broken = _radio.FileOf("hỏng.mp3");
        await File.WriteAllTextAsync(broken, "no sound");
        await Page.GotoAsync("/bulletins/new");
        await Page.Locator("input[name=title]").FillAsync("Tin hỏng");
        await Page.Locator("input[type=file]").SetInputFilesAsync(broken);

        await Page.Locator("form:has(input[name=title]) > button.main").TapAsync();

        await IsInViewAsync(Page.GetByRole(AriaRole.Alert));
    }

    [Fact]
    public async Task Back_to_a_preview_leads_to_the_form_with_what_was_chosen()
    {
        await Page.GotoAsync("/schedules/new");
        await Page.Locator("select[name=bulletin]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Page.Locator("label:has(> input[name=areas])").First.TapAsync();
        await Page.Locator("input[name=times]").First.FillAsync("05:10");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Xem trước" }).TapAsync();
        await Assertions.Expect(Page.Locator("#outlook")).ToBeVisibleAsync();
        await Page.GotoAsync("/help");

        await Page.GoBackAsync();

        await Assertions.Expect(Page.Locator("input[name=times]").First).ToHaveValueAsync("05:10");
        await Assertions.Expect(Page.Locator("input[name=areas]").First).ToBeCheckedAsync();
    }

    /// <summary>The browser goes to the answer once, with what it has of the page by then.</summary>
    [Fact]
    public async Task Answer_is_in_view_though_the_page_comes_in_pieces()
    {
        await Page.GotoAsync("/schedules/new");
        await Page.Locator("select[name=bulletin]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Page.Locator("label:has(> input[name=areas])").First.TapAsync();
        var answer = await Page.RunAndWaitForResponseAsync(
            () => Page.GetByRole(AriaRole.Button, new() { Name = "Xem trước" }).TapAsync(),
            response => response.Request.Method == "POST" && response.Ok);
        var page = await answer.TextAsync();
        var end = page.IndexOf("<h2>", page.IndexOf("id=\"outlook\"", StringComparison.Ordinal), StringComparison.Ordinal);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}/";
        await Page.RouteAsync(
            each => each.StartsWith(address, StringComparison.Ordinal) && each != address,
            async route => await route.FulfillAsync(new()
            {
                Response = await Page.APIRequest.GetAsync(route.Request.Url.Replace(address, _radio.Address + "/", StringComparison.Ordinal)),
            }));
        var loading = Page.GotoAsync(address);
        using var browser = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var line = browser.GetStream();
        // Without a length a page lasts until the line closes.
        await line.WriteAsync(Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page[..end]), TestContext.Current.CancellationToken);
        await Assertions.Expect(Page.Locator("#outlook")).ToBeFocusedAsync();

        await line.WriteAsync(Encoding.UTF8.GetBytes(page[end..]), TestContext.Current.CancellationToken);
        browser.Close();
        await loading;

        await IsInViewAsync(Page.Locator("#outlook dl"));
    }

    private async Task IsInViewAsync(ILocator what)
    {
        await Assertions.Expect(what).ToBeVisibleAsync();
        var box = (await what.BoundingBoxAsync())!;
        var bar = (await Page.Locator(".bar").BoundingBoxAsync())!;
        var tabs = (await Page.Locator("nav.tabs").BoundingBoxAsync())!;
        Assert.InRange(box.Y, bar.Y + bar.Height, tabs.Y - box.Height);
    }
}
