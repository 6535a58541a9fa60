using Microsoft.Playwright;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Complaints;

/// <summary>A resident scans the code on a pole; the officer reads it beside what aired, and answers. All on a phone.</summary>
public sealed class ResidentOnPhoneTests
{
    [Fact]
    public async Task Resident_complains_by_phone_and_the_officer_answers()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 2);
        var node = (await radio.Api.NodesAsync())[0];
        await radio.Api.OpenComplaintFormAsync((await radio.Api.AreasAsync())[0].Id);
        var path = (await radio.Api.MakeComplaintAddressAsync(node.Id)).Path!;
        await using var browser = await ChromiumBrowser.OpenAsync(radio.Address, phone: true);
        await browser.SignInAsync(radio);
        var faults = new List<string>();

        var resident = await browser.OtherProfileAsync(radio.Address);
        await resident.SetViewportSizeAsync(360, 640);
        await resident.GotoAsync(path);
        faults.AddRange(await FaultsAsync(resident));
        await resident.Locator("input[name=kind][value=TooLoud]").CheckAsync();
        await resident.Locator("textarea[name=words]").FillAsync("Sát nhà, to quá");
        await resident.Locator("main button.main").ClickAsync();
        await Assertions.Expect(resident.GetByRole(AriaRole.Status)).ToContainTextAsync("Phản ánh số 1 đã được ghi");
        faults.AddRange(await FaultsAsync(resident));

        var officer = browser.Page;
        await officer.GotoAsync("/");
        await officer.GetByRole(AriaRole.Link, new() { Name = "1 phản ánh của dân chờ trả lời" }).ClickAsync();
        await officer.GetByText("Sát nhà, to quá").ClickAsync();
        await officer.Locator("textarea[name=answer]").FillAsync("Đã hạ âm lượng.");
        await officer.Locator("main form button.main").ClickAsync();
        await Assertions.Expect(officer.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã lưu câu trả lời");
        foreach (var address in new[]
        {
            "/complaints", "/complaints/1", "/complaints/new", $"/complaints/new?node={node.Id}", "/complaints/form",
            $"/complaints/codes/{node.Id}", "/complaints/codes",
        })
        {
            Assert.True((await officer.GotoAsync(address))!.Ok, address);
            faults.AddRange(await FaultsAsync(officer));
        }

        Assert.Empty(faults);
        Assert.Empty(browser.Errors);
    }

    private static async Task<IEnumerable<string>> FaultsAsync(IPage page)
    {
        var faults = (await Accessibility.FaultsOfAsync(page)).ToList();
        if (await Accessibility.IsTooWideAsync(page))
        {
            faults.Add($"{page.Url} is wider than the screen");
        }

        return faults;
    }
}
