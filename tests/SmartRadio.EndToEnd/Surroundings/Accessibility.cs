using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>axe-core, the rules most accessibility audits go by, and whether a page fits its screen.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
    };

    /// <summary>What the page as it is now does wrong by WCAG 2.2 A and AA: address, rule and element.</summary>
    public static async Task<IReadOnlyList<string>> FaultsOfAsync(IPage page)
    {
        var result = await page.RunAxe(Rules);
        Assert.NotEmpty(result.Passes);
        return [.. result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{page.Url}: {rule.Id}: {node.Html}"))];
    }

    /// <summary>
    /// Whether the page has to be moved sideways. Not by the window's inner width: on a phone it grows with what is too wide.
    /// </summary>
    public static Task<bool> IsTooWideAsync(IPage page) => page.EvaluateAsync<bool>(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth");
}
