using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Shared;

/// <summary>Two taps on a slow line do one thing and show it, in a real browser.</summary>
public sealed class SecondTapTests(ITestOutputHelper output)
{
    /// <summary>How late each answer comes, ms.</summary>
    private const int Latency = 400;

    /// <summary>Time between two taps of an impatient finger, ms.</summary>
    private const int Between = 300;

    /// <summary>What the answer to a second tap says where nothing was left to do.</summary>
    private const string Already = "Đã làm rồi";

    [Fact]
    public async Task Every_form_tapped_twice_on_a_slow_line_acts_once()
    {
        // Nodes are told of no release, and approvers of no bulletin, while the forms are tapped.
        await using var radio = await RadioProcess.StartedAsync(
            demo: 2,
            ("Watch__Rollouts", "01:00:00"),
            ("Mail__Host", "127.0.0.1"),
            ("Mail__From", "loa@xa.example"),
            ("Mail__Address", "https://loa.xa.example"),
            ("Mail__Interval", "01:00:00"));
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address);
        await browser.SignInAsync(radio);
        var area = (await radio.Api.AreasAsync())[0].Id;
        using var reader = await Visitor.InviteAsync(browser, radio, "docnhatky", "Administrator", area: null);
        using var editor = await Visitor.InviteAsync(browser, radio, "bientap", "Editor", area);
        var log = new AuditLog(reader.Page);
        var cases = new FormCases(radio, browser, await radio.Api.NodesAsync(), area, editor.Page).All;
        Assert.Equal(
            FormList.Read().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            cases.Select(each => each.Form).Order(StringComparer.Ordinal));

        var (again, faults) = (0, new List<string>());
        foreach (var each in cases.Where(each => each.Untapped is null))
        {
            try
            {
                var said = await TapTwiceAsync(radio, browser, log, each);
                output.WriteLine($"{each.Form}: {said}");
                again += said.Contains(Already, StringComparison.Ordinal) ? 1 : 0;
            }
            catch (Exception fault) when (fault is TimeoutException or PlaywrightException or Xunit.Sdk.XunitException)
            {
                faults.Add($"{each.Form}: {fault.Message}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        // Else no second tap ever reached the program, and the rest says nothing.
        Assert.InRange(again, cases.Count / 2, cases.Count);
    }

    /// <summary>Taps, and checks what came of it.</summary>
    /// <returns>What the page then says.</returns>
    private static async Task<string> TapTwiceAsync(
        RadioProcess radio, ChromiumBrowser browser, AuditLog log, FormCase form)
    {
        var page = form.By ?? browser.Page;
        await page.GotoAsync(await form.Page());
        await (form.Fill?.Invoke(page) ?? Task.CompletedTask);
        var password = form.By is null ? radio.FirstAdministrator!.Value.Password : Visitor.Password;
        foreach (var proof in await page.Locator("input[name=proof]").AllAsync())
        {
            await proof.FillAsync(password);
        }

        Assert.True(await page.Locator(form.Button).CountAsync() > 0, $"{page.Url} has no {form.Form}");
        var isSentByScript = await HasAsync(page, form, "button.form.querySelector('[data-progress]')");
        // A proof renews the session, which the answer alone tells.
        var isSentOnce = form.ShownOnce is not null || await HasAsync(page, form, "button.form.querySelector('input[name=proof]')");
        // A live part takes a button away as soon as it has acted, perhaps before the second tap.
        var least = isSentOnce || await HasAsync(page, form, "button.closest('[data-live]')") ? 1 : 2;
        await log.NewAsync();
        var (sent, answered) = (0, 0);
        void Count(object? sender, IRequest request) => sent += request.Method == "POST" ? 1 : 0;
        void Hear(object? sender, IResponse response) => answered += response.Request.Method == "POST" ? 1 : 0;
        page.Request += Count;
        page.Response += Hear;
        await ChromiumBrowser.MarkAsync(page);
        await browser.SlowDownAsync(page, Latency);

        await TapTwiceAsync(page, form.Button);

        // A navigation is given up for the next; what a script sends is not.
        await Poll.UntilAsync(
            $"the taps of {form.Form} are sent and answered", () => sent >= least && answered == (isSentByScript ? 2 : 1));
        await Poll.UntilAsync(
            $"{form.Form} leads to {form.Leads}",
            async () => await HasComeAsync(page) ? page.Url : "the old page",
            url => form.LeadsTo(url));
        page.Request -= Count;
        page.Response -= Hear;
        await browser.SlowDownAsync(page, 0);
        if (isSentOnce)
        {
            Assert.Equal(1, sent);
        }

        if (form.ShownOnce is { } shown)
        {
            Assert.True(
                shown.Length == 0 || await page.Locator(shown).CountAsync() > 0, $"{page.Url} does not show what it shows once");
        }

        var done = await log.NewAsync();
        var said = string.Join(' ', await page.Locator("main .notice").AllInnerTextsAsync());
        Assert.True(done.Count >= form.Entries.Least && done.Count <= form.Entries.Most, $"{said} {string.Join(", ", done)}");
        return said;
    }

    // Playwright itself waits for the navigation that a tap begins; a finger does not.
    private static async Task TapTwiceAsync(IPage page, string button) => await page.EvaluateAsync(
        "([selector, between]) => { const button = document.querySelector(selector); setTimeout(() => button.click(), 0); setTimeout(() => button.click(), between); }",
        new object[] { button, Between });

    // Found and asked in one step: a live part is drawn anew at any moment, with another button.
    private static Task<bool> HasAsync(IPage page, FormCase form, string element) => page.EvaluateAsync<bool>(
        $"selector => {{ const button = document.querySelector(selector); return {element} !== null; }}", form.Button);

    /// <summary>Whether the next page stands there whole.</summary>
    private static async Task<bool> HasComeAsync(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<bool>(
                "window.marked !== true && document.readyState === 'complete' && document.querySelector('h1') !== null");
        }
        catch (PlaywrightException)
        {
            // The old page went away under the question.
            return false;
        }
    }
}
