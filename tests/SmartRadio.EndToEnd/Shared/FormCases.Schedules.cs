using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Shared;

/// <summary>The forms of schedules.</summary>
internal sealed partial class FormCases
{
    /// <summary>Has the page work out what the schedule would do; only then it can be saved.</summary>
    private static async Task LookAsync(IPage page)
    {
        await page.Locator("form:has(> input[name=_handler][value=schedule]) button.main").ClickAsync();
        await page.Locator("#outlook").WaitForAsync();
    }

    /// <summary>The last one that a schedule has made.</summary>
    private async Task<BroadcastAnswer> PlannedAsync() =>
        (await radio.Api.BroadcastsAsync()).First(each => each.State == "planned");

    /// <summary>One of its broadcasts that lies beyond the week that is planned.</summary>
    private async Task<string> AheadAsync()
    {
        var next = (await radio.Api.ScheduleAsync(2)).Next!.Value.AddDays(28);
        return Address("/schedules/2/at/", next.ToUnixTimeMilliseconds());
    }

    private IEnumerable<FormCase> Schedules() =>
    [
        new("/schedules/new schedule", At("/schedules/new?bulletin=1"), "/schedules/[0-9]+")
        {
            Fill = async page =>
            {
                await page.Locator($"input[name=areas][value='{area}']").CheckAsync();
                await page.Locator("input[name=times]").First.FillAsync("12:00");
                await LookAsync(page);
            },
            Tapped = "#outlook ~ .actions button.main",
        },
        new("/schedules/{id}/change schedule", At("/schedules/1/change"), "/schedules/[0-9]+")
        {
            Fill = async page =>
            {
                await page.Locator("input[name=times]").First.FillAsync("12:30");
                await LookAsync(page);
            },
            Tapped = "#outlook ~ .actions button.main",
        },
        new("/schedules/{id} pause", At("/schedules/2"), "/schedules/2"),
        new("/schedules/{id}/pauses/{from}/end", At("/schedules/2"), "/schedules/2")
        {
            Tapped = "button[formaction^='/schedules/2/pauses/']",
        },
        new("/schedules/{id}/at/{start}/make", AheadAsync, "/broadcasts/[0-9]+") { Tapped = "button[data-make]" },
        new("/bulletins/{id}/schedules", async () =>
            Address("/bulletins/", (await radio.Api.ApprovedAsync(await SoundAsync(), previous: 1)).Id), "/bulletins/[0-9]+"),
        new("/broadcasts/{id} move", async () => Address("/broadcasts/", (await PlannedAsync()).Id), "/broadcasts/[0-9]+"),
        new("/schedules/{id}/cancel", At("/schedules"), "/schedules"),
        new("/schedules/{id}/restore", At("/schedules"), "/schedules"),
        new("/calendar/{monday}/copy", At("/calendar"), "/calendar")
        {
            Tapped = "button[formaction^='/calendar/']",
        },
    ];
}
