using System.Globalization;
using Microsoft.Playwright;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>
/// Pictures of pages as a test meets them, to be looked at by people: in the folder that <c>SMARTRADIO_PICTURES</c> names, or in
/// the test's own, which goes with it. Each page that is taken must fit the screen and be usable by everybody.
/// </summary>
internal sealed class Pictures(RadioProcess radio, string device)
{
    private readonly string _folder = Environment.GetEnvironmentVariable("SMARTRADIO_PICTURES") ?? radio.FileOf("pictures");
    private int _taken;

    public async Task TakeAsync(IPage page, string name)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"{device}-{++_taken:D2}-{name}.png");
        // In a window as high as the page: what sticks to its edges would otherwise stand in the middle of the picture.
        var window = page.ViewportSize!;
        var height = await page.EvaluateAsync<int>("scrollTo(0, 0), document.documentElement.scrollHeight");
        await page.SetViewportSizeAsync(window.Width, height);
        await page.ScreenshotAsync(new() { Path = Path.Combine(_folder, file) });
        await page.SetViewportSizeAsync(window.Width, window.Height);
        Assert.False(await Accessibility.IsTooWideAsync(page), $"{file} is wider than the screen");
        Assert.Empty(await Accessibility.FaultsOfAsync(page));
    }
}
