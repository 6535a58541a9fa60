using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Areas;

public sealed class VolumeOfAreaTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Steps_of_an_area_hold_below_it_until_they_are_cleared()
    {
        using var client = radio.Program();
        var commune = await client.AreaAsync();
        var hamlet = await client.AreaAsync("Thôn Dưới", commune);
        using var browser = await radio.SignedInAsync("vi");
        await browser.OpenAsync($"/areas/{commune}");

        await browser.SendAsync(
            $"/areas/{commune}", ("_handler", "rules"), ("quiet", "inherit"), ("volume-from", "05:00"), ("volume-percent", "60"));
        await browser.OpenAsync($"/areas/{hamlet}");
        Assert.Contains("05:00 60 %", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"05:00\"", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync(
            $"/areas/{commune}", ("_handler", "rules"), ("quiet", "inherit"), ("volume-from", "05:00"),
            ("volume-percent", string.Empty));
        await browser.OpenAsync($"/areas/{hamlet}");
        Assert.DoesNotContain("05:00 60 %", browser.Page, StringComparison.Ordinal);
    }
}
